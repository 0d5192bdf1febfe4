/** Who could do what with a key that is not there yet, and what of a Region's keys needs a look. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleKeyPolicy } from '#lib/domain/default-policy.ts'
import { ACCOUNT, type Answer, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const user = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`
type Choices = { users?: string[]; accounts?: string[]; strict?: boolean }
/** admin asks, so admin administers, too. */
const policy = (choices: Choices = {}) =>
  consoleKeyPolicy({
    ...{ partition: 'aws', account: ACCOUNT, administrators: [user('alice'), user('admin')] },
    ...{ users: [user('bob')], accounts: [], allowDeletion: true, grants: true },
    ...choices,
  })
const preview = (input: object, by = 'admin'): Promise<Answer> => world.as(by).call('PreviewAccess', input)
const rowOf = (told: Answer, name: string): Answer =>
  told.Rows.find(({ PrincipalArn }: Answer) => PrincipalArn === user(name))

describe('a key that is not there yet', () => {
  it('has its administrators and users apart, and says who is one step away', async () => {
    const told = await preview({ Policy: policy() })
    expect(rowOf(told, 'alice')).toMatchObject({ Group: 'administrators' })
    expect(rowOf(told, 'alice').Steps).toContainEqual(expect.objectContaining({ Action: 'kms:PutKeyPolicy' }))
    expect(rowOf(told, 'bob')).toMatchObject({ Group: 'users', Cells: { Decrypt: { Mark: 'allowed' } } })
  })

  it('shows a Deny of use as one', async () => {
    const told = await preview({ Policy: policy({ strict: true, users: [user('bob'), user('alice')] }) })
    expect(rowOf(told, 'alice')).toMatchObject({
      Group: 'administrators',
      Cells: {
        Encrypt: { Mark: 'denied' },
        PutKeyPolicy: { Mark: 'allowed' },
        CreateGrant: { Mark: 'conditional' },
      },
    })
  })

  it('has the columns of its kind', async () => {
    const kind = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }
    const told = await preview({ Policy: policy(), ...kind })
    expect(told.Columns.filter(({ Part }: Answer) => Part === 'use')).toEqual([
      { Action: 'GenerateMac', Part: 'use' },
      { Action: 'VerifyMac', Part: 'use' },
    ])
  })

  it('leaves no key and no event', async () => {
    const before = (await world.events('admin')).length
    await preview({ Policy: policy() })
    expect((await world.events('admin')).length).toBe(before)
  })

  it('is nothing for whoever may not make one', async () => {
    await expect(preview({ Policy: policy() }, 'bob')).rejects.toMatchObject({
      code: 'AccessDeniedException',
    })
  })

  it('cannot have a policy that no key has', async () => {
    await expect(preview({ Policy: '{}' })).rejects.toMatchObject({
      code: 'MalformedPolicyDocumentException',
    })
  })
})

describe('what needs attention', () => {
  const attention = async (by = 'admin'): Promise<Answer[]> =>
    (await world.as(by).call('Attention', {})).Items
  const about = async (KeyId: string) => (await attention()).filter((item) => item.KeyId === KeyId)
  const make = async (text: string): Promise<string> =>
    (await world.as('admin').call('CreateKey', { Policy: text })).KeyMetadata.KeyId

  it.each([
    ['nothing, where managing and using are apart', {}, []],
    [
      'who manages and uses a key by its policy',
      { users: [user('bob'), user('alice')] },
      [{ Kind: 'overlap', Principals: [user('alice')] }],
    ],
    [
      'another account that was let in',
      { accounts: [OTHER_ACCOUNT] },
      [{ Kind: 'other-account', Principals: [OTHER_ACCOUNT] }],
    ],
    ['nothing, where a Deny takes the use away', { users: [user('alice')], strict: true }, []],
  ])('is %s', async (_, choices, expected) => {
    expect(await about(await make(policy(choices)))).toMatchObject(expected)
  })

  it('is what a change made, with the event that made it', async () => {
    const KeyId = await make(policy())
    expect(await about(KeyId)).toEqual([])
    const both = policy({ users: [user('bob'), user('alice')] })
    await world.as('admin').call('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy: both })
    const [item] = await about(KeyId)
    expect(item).toMatchObject({ Kind: 'overlap', Principals: [user('alice')] })
    expect(item?.EventId).toMatch(/^[0-9a-f-]{36}$/)
    await world.as('admin').call('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy: policy() })
    expect(await about(KeyId)).toEqual([])
  })

  it('is nobody’s business who may not read the key’s policy', async () => {
    await make(policy({ users: [user('alice')] }))
    await expect(attention('outsider')).resolves.toEqual([])
  })
})

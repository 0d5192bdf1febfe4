/** The list of the grants of an account and Region. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantTools, ROOT, STRANGER, userOf } from '#lib/testing/grants.ts'
import { type Answer, OTHER_REGION, openWorld, type World } from '#lib/testing/world.ts'

let world: World
const { newKey, give, outcome } = grantTools(() => world)

const ids: Record<string, string> = {}
let orders: { KeyId: string; Arn: string }

beforeAll(async () => {
  world = await openWorld()
  orders = await newKey()
  const invoices = await newKey()
  await world.as('admin').call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: orders.KeyId })
  const queue = `arn:aws:sqs:eu-west-1:${userOf('x').split(':')[4]}:orders`
  const made: [string, string, object][] = [
    ['plain', orders.KeyId, {}],
    ['named', orders.KeyId, { Name: 'worker-1', Operations: ['Decrypt', 'DescribeKey'] }],
    ['equal', orders.KeyId, { Constraints: { EncryptionContextEquals: { tenant: 'acme' } } }],
    ['subset', invoices.KeyId, { Constraints: { EncryptionContextSubset: { tenant: 'acme' } } }],
    [
      'service',
      invoices.KeyId,
      {
        GranteePrincipal: undefined,
        GranteeServicePrincipal: 'sqs.amazonaws.com',
        RetiringPrincipal: userOf('bob'),
        Constraints: { SourceArn: queue },
      },
    ],
    ['carol', invoices.KeyId, { GranteePrincipal: userOf('carol') }],
  ]
  for (const [name, KeyId, input] of made) ids[name] = (await give(KeyId, input)).GrantId
  const elsewhere = (await world.as('admin', OTHER_REGION).call('CreateKey')).KeyMetadata
  await world.as('admin', OTHER_REGION).call('CreateGrant', {
    KeyId: elsewhere.KeyId,
    GranteePrincipal: STRANGER,
    Operations: ['Encrypt'],
  })
})
afterAll(() => world?.close())

const search = (input: object, by = 'admin') => world.as(by).call('SearchGrants', input)
const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id) ?? id
const names = async (Filter: string) =>
  (await search(Filter === '' ? {} : { Filter })).Grants.map((one: Answer) => nameOf(one.GrantId))

const ALL = ['carol', 'service', 'subset', 'equal', 'named', 'plain']

describe('SearchGrants', () => {
  it('tells of a grant what ListGrants tells, the names of its key, and who made it', async () => {
    const { Grants, Count, CountIsExact } = await search({ Filter: 'name:worker-1' })
    expect(Grants).toEqual([
      {
        KeyId: orders.Arn,
        KeyAliases: ['alias/orders'],
        GrantId: ids.named,
        Name: 'worker-1',
        CreationDate: expect.any(Date),
        GranteePrincipal: STRANGER,
        IssuingAccount: ROOT,
        CreatedBy: world.as('admin').principal.arn,
        Operations: ['Decrypt', 'DescribeKey'],
      },
    ])
    expect([Count, CountIsExact]).toEqual([1, true])
  })

  it.each([
    ['', ALL],
    ['grantee:stranger', ['subset', 'equal', 'named', 'plain']],
    ['grantee:user/carol', ['carol']],
    [`grantee:${STRANGER}`, ['subset', 'equal', 'named', 'plain']],
    ['-grantee:stranger', ['carol', 'service']],
    ['op:Decrypt', ['named']],
    ['op:De*', ['named']],
    ['-op:Encrypt', ['named']],
    ['key:orders', ['equal', 'named', 'plain']],
    ['key:alias/ord*', ['equal', 'named', 'plain']],
    ['constraint:equals', ['equal']],
    ['constraint:equals,subset', ['subset', 'equal']],
    ['constraint:source', ['service']],
    ['constraint:none', ['carol', 'named', 'plain']],
    ['-constraint:none', ['service', 'subset', 'equal']],
    ['service:sqs*', ['service']],
    ['-service:*', ['carol', 'subset', 'equal', 'named', 'plain']],
    ['issuer:admin', ALL],
    [`issuer:${ROOT.split(':')[4]}`, ALL],
    ['issuer:bob', []],
    ['name:worker*', ['named']],
    ['-name:*', ['carol', 'service', 'subset', 'equal', 'plain']],
    ['bob', ['service']],
    ['grantee:stranger -key:orders', ['subset']],
    ['name:100%', []],
  ])('finds by “%s”', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected)
  })

  it('finds by the id of a key and of a grant', async () => {
    expect(await names(`key:${orders.KeyId}`)).toEqual(['equal', 'named', 'plain'])
    expect(await names(`${ids.carol}`)).toEqual(['carol'])
  })

  it('pages through all of them once, and counts them on every page', async () => {
    const found: string[] = []
    let Cursor: string | undefined
    do {
      const page = await search({ Limit: 4, Cursor })
      expect(page.Count).toBe(ALL.length)
      found.push(...page.Grants.map((one: Answer) => nameOf(one.GrantId)))
      Cursor = page.NextCursor
    } while (Cursor)
    expect(found).toEqual(ALL)
  })

  it.each([
    ['a field that is not there', { Filter: 'state:Enabled' }, 'ValidationException'],
    ['an operation that no grant can give', { Filter: 'op:PutKeyPolicy' }, 'ValidationException'],
    ['a cursor of something else', { Cursor: 'AAAA' }, 'InvalidMarkerException'],
  ])('refuses %s', async (_, input, code) => {
    expect(await outcome('admin', 'SearchGrants', input)).toBe(code)
  })

  it('does not take the cursor of another filter', async () => {
    const { NextCursor } = await search({ Limit: 1 })
    expect(await outcome('admin', 'SearchGrants', { Cursor: NextCursor, Filter: 'op:Encrypt' })).toBe(
      'InvalidMarkerException',
    )
  })

  it('is for those whom an identity policy lets list grants', async () => {
    expect(await outcome('stranger', 'SearchGrants', {})).toBe('AccessDeniedException')
  })

  it('tells nothing of the grants of a key whose policy is closed to the caller', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: userOf('admin') }, Action: 'kms:*', Resource: '*' }],
    })
    const { KeyId } = await newKey({ Policy })
    const { GrantId } = await give(KeyId)
    const seenBy = async (by: string) =>
      (await search({ Filter: GrantId }, by)).Grants.map((one: Answer) => one.GrantId)
    expect(await seenBy('admin')).toEqual([GrantId])
    expect(await outcome('root', 'ListGrants', { KeyId })).toBe('AccessDeniedException')
    expect(await seenBy('root')).toEqual([])
    const counts = async (by: string) => {
      const { Count, CountIsExact } = await search({}, by)
      return [Count, CountIsExact]
    }
    expect(await counts('admin')).toEqual([ALL.length + 1, true])
    expect(await counts('root')).toEqual([ALL.length, true])
    expect((await search({ Filter: GrantId }, 'root')).Count).toBe(0)
    // The page is as long as was asked for, though the newest grant of all is not told.
    expect((await search({ Limit: 2 }, 'root')).Grants).toHaveLength(2)
    await world.as('admin').call('RevokeGrant', { KeyId, GrantId })
  })

  it('leaves out a grant that was written behind our back', async () => {
    const { sql } = world.engine.services.database
    await sql(`UPDATE keyhouse.key_grant SET operations = '{Decrypt}' WHERE id = $1`, [ids.carol])
    expect(await names('')).toEqual(ALL.filter((name) => name !== 'carol'))
  })
})

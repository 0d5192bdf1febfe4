/** What was asked of a key, asked again under another policy: who would lose and who would gain. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import {
  ACCOUNT,
  type Answer,
  base64,
  OTHER_ACCOUNT,
  openWorld,
  REGION,
  type World,
} from '#lib/testing/world.ts'

const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const arnOf = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:user/${name}`
const allow = (who: string | string[], Action: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: who },
  Action,
  Resource: '*',
  ...more,
})
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const CRYPTO = ['kms:Encrypt', 'kms:Decrypt']
const BOB = policyOf(allow(ROOT, 'kms:*'), allow(arnOf('bob'), CRYPTO))
const NOT_BOB = policyOf(allow(ROOT, 'kms:*'))
const STRANGER_TOO = policyOf(allow(ROOT, 'kms:*'), allow([arnOf('bob'), arnOf('stranger')], CRYPTO))

let world: World
let KeyId: string
const admin = () => world.as('admin')

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())
beforeEach(async () => {
  KeyId = (await admin().call('CreateKey', { Policy: BOB })).KeyMetadata.KeyId
})

const encrypt = (name: string, more: object = {}, channel: object = {}) =>
  world.as(name).call('Encrypt', { KeyId, Plaintext: base64('x'), ...more }, channel)
const replay = (Policy: string, more: object = {}): Promise<Answer> =>
  admin().call('ReplayPolicy', { KeyId, Policy, ...more })
const counts = (groups: Answer[]) =>
  Object.fromEntries(groups.map(({ PrincipalArn, Action, Count }) => [`${PrincipalArn} ${Action}`, Count]))

describe('replaying', () => {
  it('says who would lose what they did, with sums, the last time and the sources', async () => {
    for (let n = 0; n < 3; n++) await encrypt('bob', {}, { address: `192.0.2.${n + 1}` })
    await encrypt('admin')
    const last = (await world.events('Encrypt'))
      .filter(({ userIdentity }) => userIdentity.userName === 'bob')
      .at(-1)
    const { Lost, Gained, Replayed, Skipped, Since } = await replay(NOT_BOB)
    expect(Lost).toEqual([
      {
        PrincipalArn: arnOf('bob'),
        Action: 'kms:Encrypt',
        Count: 3,
        LastAt: expect.any(Date),
        LastEventId: last?.eventID,
        Sources: ['192.0.2.3', '192.0.2.2', '192.0.2.1'],
      },
    ])
    expect(Gained).toEqual([])
    // The four, and this question's own reading is none of KMS.
    expect(Replayed).toBe(4)
    // CreateKey asked no key policy.
    expect(Skipped).toEqual({ 'The policy of this key was not asked': 1 })
    expect(Date.now() - Since.getTime()).toBeGreaterThan(29 * 86_400_000)
  })

  it('says who would gain what they were refused', async () => {
    await world.as('stranger').refusal('Encrypt', { KeyId, Plaintext: base64('x') })
    await encrypt('bob')
    const { Lost, Gained } = await replay(STRANGER_TOO)
    expect(counts(Gained)).toEqual({ [`${arnOf('stranger')} kms:Encrypt`]: 1 })
    expect(Lost).toEqual([])
  })

  it('finds no difference under the policy that holds', async () => {
    await encrypt('bob')
    await encrypt('admin')
    await world.as('stranger').refusal('Encrypt', { KeyId, Plaintext: base64('x') })
    await admin().call('EnableKeyRotation', { KeyId })
    const { Lost, Gained, Replayed } = await replay(BOB)
    expect({ Lost, Gained, Replayed }).toEqual({ Lost: [], Gained: [], Replayed: 4 })
  })

  it.each<[string, object, object, number]>([
    [
      'the encryption context',
      { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
      { EncryptionContext: { tenant: 'acme' } },
      0,
    ],
    [
      'a context that was another',
      { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
      { EncryptionContext: { tenant: 'beta' } },
      1,
    ],
    ['the source address', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, {}, 0],
    ['a source address elsewhere', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, {}, 1],
    ['the caller', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/b*' } }, {}, 0],
    ['the caller’s account', { StringEquals: { 'kms:CallerAccount': ACCOUNT } }, {}, 0],
    ['the algorithm', { StringEquals: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' } }, {}, 0],
    ['the key’s spec', { StringEquals: { 'kms:KeySpec': 'RSA_2048' } }, {}, 1],
    [
      'a service that carried nothing',
      { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      {},
      1,
    ],
    ['a second factor that nobody showed', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, {}, 1],
    ['the time', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, {}, 0],
    ['a connection without TLS', { Bool: { 'aws:SecureTransport': 'true' } }, {}, 1],
    ['the agent', { StringLike: { 'aws:UserAgent': 'wor*' } }, {}, 0],
    ['the Region', { StringEquals: { 'aws:RequestedRegion': REGION } }, {}, 0],
  ])('asks a condition that nobody asked then: %s', async (_, Condition, more, lost) => {
    await encrypt('bob', more)
    const { Lost, Skipped } = await replay(
      policyOf(allow(ROOT, 'kms:*'), allow(arnOf('bob'), CRYPTO, { Condition })),
    )
    expect(Lost.length).toBe(lost)
    expect(Object.keys(Skipped)).toEqual(['The policy of this key was not asked'])
  })

  it('skips what rests on values that were not kept, and says which', async () => {
    await encrypt('bob')
    const Condition = { StringEquals: { 'kms:MultiRegionKeyType': 'PRIMARY' } }
    const { Lost, Replayed, Skipped } = await replay(
      policyOf(allow(ROOT, 'kms:*'), allow(arnOf('bob'), CRYPTO, { Condition })),
    )
    expect({ Lost, Replayed }).toEqual({ Lost: [], Replayed: 0 })
    expect(Skipped['A value that the policy asks for was not recorded: kms:multiregionkeytype']).toBe(1)
  })

  it('goes by the identity policies of then', async () => {
    await encrypt('admin')
    const principalId = admin().principal.id
    const policies = await world.sql(
      'SELECT name, policy_hash FROM keyhouse.principal_policy WHERE principal_id = $1',
      [principalId],
    )
    // Somebody else asks: the administrator has no permission left.
    await world.sql(`UPDATE keyhouse.principal_policy SET principal_id = $1 WHERE principal_id = $2`, [
      world.as('stranger').principal.id,
      principalId,
    ])
    await changeIdentities(world.engine.services, [ACCOUNT], async () => undefined)
    try {
      const { Lost, Replayed } = await world.as('stranger').call('ReplayPolicy', { KeyId, Policy: NOT_BOB })
      expect({ Lost, Replayed }).toEqual({ Lost: [], Replayed: 1 })
    } finally {
      await world.sql(
        `UPDATE keyhouse.principal_policy SET principal_id = $1 WHERE principal_id = $2 AND name = $3`,
        [principalId, world.as('stranger').principal.id, policies[0]?.name],
      )
      await changeIdentities(world.engine.services, [ACCOUNT], async () => undefined)
    }
  })

  it('knows what a grant allowed, and lets an explicit deny beat it', async () => {
    const { GrantId } = await admin().call('CreateGrant', {
      KeyId,
      GranteePrincipal: arnOf('stranger'),
      Operations: ['Encrypt'],
    })
    await encrypt('stranger')
    expect(counts((await replay(NOT_BOB)).Lost)).toEqual({})
    const deny = policyOf(allow(ROOT, 'kms:*'), {
      ...allow(arnOf('stranger'), 'kms:Encrypt'),
      Effect: 'Deny',
    })
    expect(counts((await replay(deny)).Lost)).toEqual({ [`${arnOf('stranger')} kms:Encrypt`]: 1 })
    // Then a grant allowed it; that it is gone is not the draft's doing.
    await admin().call('RevokeGrant', { KeyId, GrantId })
    expect(counts((await replay(NOT_BOB)).Lost)).toEqual({})
  })

  it('lets a grant through where a deny is taken away', async () => {
    await admin().call('CreateGrant', { KeyId, GranteePrincipal: arnOf('stranger'), Operations: ['Encrypt'] })
    const deny = { ...allow(arnOf('stranger'), 'kms:Encrypt'), Effect: 'Deny' }
    await admin().call('PutKeyPolicy', { KeyId, Policy: policyOf(allow(ROOT, 'kms:*'), deny) })
    await world.as('stranger').refusal('Encrypt', { KeyId, Plaintext: base64('x') })
    expect(counts((await replay(NOT_BOB)).Gained)).toEqual({ [`${arnOf('stranger')} kms:Encrypt`]: 1 })
  })

  it('counts a grant that would step in', async () => {
    await encrypt('bob')
    await admin().call('CreateGrant', { KeyId, GranteePrincipal: arnOf('bob'), Operations: ['Encrypt'] })
    expect((await replay(NOT_BOB)).Lost).toEqual([])
  })

  it('leaves out the other account’s callers, and says so', async () => {
    const open = policyOf(allow(ROOT, 'kms:*'), allow(`arn:aws:iam::${OTHER_ACCOUNT}:root`, CRYPTO))
    await admin().call('PutKeyPolicy', { KeyId, Policy: open })
    await world.as('outsider').call('Encrypt', {
      KeyId: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KeyId}`,
      Plaintext: base64('x'),
    })
    const { Skipped, Lost } = await replay(BOB)
    expect(Skipped['Sent by another account, whose policies are not in this log']).toBe(1)
    expect(Lost).toEqual([])
  })

  it('sees the second key of a ReEncrypt', async () => {
    const other = (
      await admin().call('CreateKey', {
        Policy: policyOf(allow(ROOT, 'kms:*'), allow(arnOf('bob'), 'kms:*')),
      })
    ).KeyMetadata.KeyId
    const ciphertext = (await admin().call('Encrypt', { KeyId: other, Plaintext: base64('x') }))
      .CiphertextBlob
    await admin().call('PutKeyPolicy', {
      KeyId,
      Policy: policyOf(allow(ROOT, 'kms:*'), allow(arnOf('bob'), 'kms:ReEncrypt*')),
    })
    await world.as('bob').call('ReEncrypt', {
      CiphertextBlob: Buffer.from(ciphertext).toString('base64'),
      DestinationKeyId: KeyId,
    })
    expect(counts((await replay(NOT_BOB)).Lost)).toEqual({ [`${arnOf('bob')} kms:ReEncryptTo`]: 1 })
  })

  it('goes through everything in pages, each event once', async () => {
    for (let n = 0; n < 26; n++) await Promise.all(Array.from({ length: 40 }, () => encrypt('bob')))
    let replayed = 0
    let lost = 0
    let pages = 0
    let Marker: string | undefined
    do {
      const from = performance.now()
      const page = await replay(NOT_BOB, { Marker })
      if (pages > 0) expect(performance.now() - from).toBeLessThan(2000)
      replayed += page.Replayed
      lost += page.Lost[0]?.Count ?? 0
      pages++
      Marker = page.NextMarker
    } while (Marker)
    expect({ replayed, lost, pages }).toEqual({ replayed: 1040, lost: 1040, pages: 3 })
  })
})

describe('who may replay', () => {
  it('only whoever may read the policy and the log', async () => {
    await admin().call('PutKeyPolicy', {
      KeyId,
      Policy: policyOf(allow(ROOT, 'kms:*'), allow([arnOf('bob'), arnOf('carol')], 'kms:GetKeyPolicy')),
    })
    await world.as('carol').call('ReplayPolicy', { KeyId, Policy: BOB })
    for (const name of ['bob', 'stranger'])
      expect((await world.as(name).refusal('ReplayPolicy', { KeyId, Policy: BOB })).code).toBe(
        'AccessDeniedException',
      )
  })

  it.each([
    ['a draft that is no policy', { Policy: '{}' }, 'MalformedPolicyDocumentException'],
    ['more than ninety days', { Policy: BOB, Days: 91 }, 'ValidationException'],
    ['a marker that is none', { Policy: BOB, Marker: 'nonsense' }, 'InvalidMarkerException'],
  ])('and never %s', async (_, input, code) => {
    expect((await admin().refusal('ReplayPolicy', { KeyId, ...input })).code).toBe(code)
  })
})

it('events of before skip', async () => {
  await encrypt('bob')
  await world.sql(`ALTER TABLE audit.event DISABLE TRIGGER ALL`)
  await world.sql(
    `UPDATE audit.event SET decision = (decision::jsonb - 'identity')::json WHERE key_id = $1 AND decision IS NOT NULL`,
    [KeyId],
  )
  const { Skipped } = await replay(NOT_BOB)
  expect(Skipped['Recorded by a version that kept less of the caller']).toBe(2)
})

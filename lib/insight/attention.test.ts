import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { wrapMaterial } from '#lib/crypto/import-wrapping.ts'
import type { LogState } from '#lib/domain/evidence.ts'
import { type Answer, base64, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'
import { itemsOfLog } from './attention-log.ts'

let world: World
const admin = () => world.as('admin')
const made = async (more: object = {}) => (await admin().call('CreateKey', more)).KeyMetadata.KeyId
const encrypting = (KeyId: string) => ({ KeyId, Plaintext: base64('kept') })

const attention = (who = 'admin', region = REGION): Promise<Answer> => world.as(who, region).call('Attention')
const about = async (KeyId: string, who = 'admin') =>
  (await attention(who)).Items.filter((item: Answer) => item.KeyId === KeyId)

const WRAPPING = { wrappingAlgorithm: 'RSAES_OAEP_SHA_256', wrappingKeySpec: 'RSA_2048' } as const

async function imported(days: number): Promise<string> {
  const KeyId = await made({ Origin: 'EXTERNAL' })
  const { ImportToken, PublicKey } = await admin().call('GetParametersForImport', {
    KeyId,
    WrappingAlgorithm: WRAPPING.wrappingAlgorithm,
    WrappingKeySpec: WRAPPING.wrappingKeySpec,
  })
  const wrapped = await wrapMaterial({ publicKey: PublicKey, material: randomBytes(32), ...WRAPPING })
  await admin().call('ImportKeyMaterial', {
    KeyId,
    ImportToken: Buffer.from(ImportToken).toString('base64'),
    EncryptedKeyMaterial: Buffer.from(wrapped).toString('base64'),
    ValidTo: Math.floor(Date.now() / 1000) + days * 86_400,
  })
  return KeyId
}

beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => world.sql('UPDATE keyhouse.clock SET offset_ms = 0'))
afterAll(() => world?.close())

/** Each case makes its key, and says what is then told of it. */
const CASES: [string, () => Promise<string>, { Kind: string; Sentence: RegExp }[]][] = [
  ['nothing, of a key as it should be', () => made(), []],
  [
    'a key that is about to be deleted and is still asked for',
    async () => {
      const KeyId = await made()
      await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
      await admin().refusal('Encrypt', encrypting(KeyId))
      await admin().refusal('Encrypt', encrypting(KeyId))
      return KeyId
    },
    [
      {
        Kind: 'pending-deletion',
        Sentence: /^will be deleted on \d+ \w+ \d{4}, and 2 calls failed for it since that was scheduled$/,
      },
    ],
  ],
  [
    'nothing of one that nobody asks for any more',
    async () => {
      const KeyId = await made()
      await admin().call('DisableKey', { KeyId })
      await admin().refusal('Encrypt', encrypting(KeyId))
      await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
      return KeyId
    },
    [],
  ],
  [
    'a watch that saw somebody',
    async () => {
      const KeyId = await made()
      await admin().call('DisableKey', { KeyId })
      await admin().call('StartKeyWatch', { KeyId, Days: 7 })
      await admin().refusal('Encrypt', encrypting(KeyId))
      return KeyId
    },
    [{ Kind: 'watch', Sentence: /^is watched until \d+ \w+ \d{4}, and 1 call by admin failed for it$/ }],
  ],
  [
    'nothing of a watch that saw nobody',
    async () => {
      const KeyId = await made()
      await admin().call('DisableKey', { KeyId })
      await admin().call('StartKeyWatch', { KeyId, Days: 7 })
      return KeyId
    },
    [],
  ],
  [
    'imported material that expires within a fortnight',
    () => imported(10),
    [{ Kind: 'material-expires', Sentence: /^its imported material expires on \d+ \w+ \d{4}$/ }],
  ],
  ['nothing of one that lasts longer', () => imported(20), []],
  [
    'a budget that was overspent',
    async () => {
      const KeyId = await made()
      await admin().call('PutUseBudget', { KeyId, Period: 'day', Most: 1 })
      await admin().call('PutUseBudget', { KeyId, Period: 'month', Most: 2 })
      await admin().call('Encrypt', encrypting(KeyId))
      await admin().call('Encrypt', encrypting(KeyId))
      return KeyId
    },
    [{ Kind: 'budget', Sentence: /^was used 2 times today; its budget is 1 a day$/ }],
  ],
  [
    'a rotation that is overdue',
    async () => {
      const KeyId = await made()
      await admin().call('EnableKeyRotation', { KeyId })
      // Time passes, and nobody does what is due.
      await world.sql('UPDATE keyhouse.clock SET offset_ms = $1', [366 * 86_400_000])
      return KeyId
    },
    [{ Kind: 'rotation-overdue', Sentence: /^its rotation is overdue since$/ }],
  ],
  [
    'a key that another account may use since a change',
    () =>
      made({
        Policy: JSON.stringify({
          Statement: [
            { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
            { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'kms:Decrypt', Resource: '*' },
          ],
        }),
      }),
    [{ Kind: 'other-account', Sentence: /^can be used by account 444455556666 since this change$/ }],
  ],
]

describe('Attention', () => {
  it.each(CASES)('tells of a Region’s keys: %s', async (_, make, expected) => {
    // What is first in one test must not be crowded out by what others made.
    await world.sql('DELETE FROM keyhouse.use_budget')
    const KeyId = await make()
    const found = await about(KeyId)
    expect(found).toEqual(
      expected.map(({ Kind, Sentence }) =>
        expect.objectContaining({ Kind, Region: REGION, Sentence: expect.stringMatching(Sentence) }),
      ),
    )
  })

  it('tells whoever may not search the log nothing that is the log’s', async () => {
    const kinds = async (who: string) => new Set((await attention(who)).Items.map(({ Kind }: Answer) => Kind))
    expect(await kinds('admin')).toContain('pending-deletion')
    const bobs = await kinds('bob')
    expect(bobs).toContain('watch')
    expect([...bobs]).not.toContain('pending-deletion')
    expect((await world.as('stranger').refusal('Attention')).code).toBe('AccessDeniedException')
  })

  it('says that the root was used, with the event, to whoever may search the log', async () => {
    await world.as('root').call('ListAliases')
    const roots = async (who: string) =>
      (await attention(who)).Items.filter(({ Kind }: Answer) => Kind === 'root-used')
    const [item] = await roots('admin')
    expect(item).toMatchObject({ KeyId: null, Region: null, Sentence: 'was used' })
    const { Event } = await admin().call('GetEvent', { EventId: item.EventId })
    expect(Event).toMatchObject({ eventName: 'ListAliases', actorName: 'root' })
    expect(await roots('bob')).toEqual([])
  })

  it('says that a policy names somebody who was deleted', async () => {
    await admin().call('CreateUser', { UserName: 'leaver' })
    const all = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' }
    const one = { ...all, Principal: { AWS: 'arn:aws:iam::111122223333:user/leaver' }, Action: 'kms:Encrypt' }
    const KeyId = await made({ Policy: JSON.stringify({ Statement: [all, one] }) })
    expect(await about(KeyId)).toEqual([])
    await admin().call('DeleteUser', { UserName: 'leaver' })
    expect(await about(KeyId)).toMatchObject([
      { Kind: 'deleted-principal', Sentence: 'its policy names 1 deleted principal' },
    ])
  })

  it('is of one Region and account, and leaves no event', async () => {
    expect((await attention('admin', OTHER_REGION)).Items.filter(({ KeyId }: Answer) => KeyId)).toEqual([])
    expect((await attention('outsider')).Items.filter(({ KeyId }: Answer) => KeyId)).toEqual([])
    expect(await world.events('Attention')).toEqual([])
  })

  it('says that the clock jumped until somebody acknowledges it', async () => {
    await world.sql('UPDATE keyhouse.clock SET jumped_at = now()')
    const [first] = (await attention()).Items
    expect(first).toMatchObject({ Kind: 'clock-jump', KeyId: null })
    await admin().call('AcknowledgeClock')
    expect((await attention()).Items.map(({ Kind }: Answer) => Kind)).not.toContain('clock-jump')
  })

  it('puts what is wrong with the log first, and counts what it has no room for', async () => {
    for (let times = 0; times < 8; times++) {
      const KeyId = await made()
      await admin().call('PutUseBudget', { KeyId, Period: 'day', Most: 1 })
      await admin().call('Encrypt', encrypting(KeyId))
      await admin().call('Encrypt', encrypting(KeyId))
    }
    await world.sql(
      `INSERT INTO audit.finding (id, kind, subject) VALUES (gen_random_uuid(), 'gap', 'a'), (gen_random_uuid(), 'gap', 'b')`,
    )
    const { Items, More, CheckedAt } = await attention()
    expect(Items).toHaveLength(8)
    expect(More).toBeGreaterThan(2)
    expect(Items[0]).toMatchObject({ Kind: 'log', Sentence: 'has a gap (2 findings)' })
    expect(Items[0].At).toBeInstanceOf(Date)
    expect(Date.now() - CheckedAt.getTime()).toBeLessThan(60_000)
  })
})

describe('the log', () => {
  const NOW = new Date('2026-11-25T12:00:00Z')
  const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
  const state = (more: Partial<LogState>): LogState => ({
    ...{
      State: 'verified',
      Size: 1,
      Root: '',
      SequencedAt: NOW,
      Checkpoint: null,
      VerifiedTo: 1,
      VerifiedAt: NOW,
    },
    ...{ Findings: [], Keys: [], Deliveries: [], ReadOnly: null, KeepDays: null, FirstDay: null, Bundles: 0 },
    RolesSeparated: true,
    ...more,
  })
  const delivery = (minutes: number | null) => ({
    ...{
      Name: 'events-http siem',
      Kind: 'events-http' as const,
      Delivered: 0,
      DeliveredAt: null,
      Fault: 'x',
    },
    FailingSince: minutes === null ? null : ago(minutes),
  })

  it.each<[string, Partial<LogState>, string[]]>([
    ['is fine when it is verified', {}, []],
    ['is fine while it is being verified', { State: 'verifying' }, []],
    ['is not when nobody verifies it', { State: 'verifying', VerifiedAt: ago(10) }, ['was not verified']],
    ['is not when it has no way out', { State: 'behind' }, ['reaches no place outside the database']],
    ['is not after a rollback', { State: 'rollback' }, [expect.stringContaining('older state')]],
    [
      'says which stream has stood still for long',
      { Deliveries: [delivery(6)] },
      ['does not reach events-http siem'],
    ],
    ['says nothing of one that just failed, or works', { Deliveries: [delivery(1), delivery(null)] }, []],
  ])('%s', (_, more, sentences) => {
    expect(itemsOfLog(state(more), NOW).map(({ Sentence }) => Sentence)).toEqual(sentences)
  })
})

/** What the log tells about permission stays exact however much was done since. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, base64, openWorld, REGION, type World } from '#lib/testing/world.ts'
import { type Deed, lastDeeds, refusedActors, turningBefore } from './access-log.ts'

let world: World
let id: string
let blob: string
const admin = () => world.as('admin')
const bob = () => world.as('bob').principal.arn

const policy = (...bobMay: string[]) =>
  JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'kms:*', Resource: '*' },
      ...(bobMay.length > 0
        ? [{ Effect: 'Allow', Principal: { AWS: bob() }, Action: bobMay, Resource: '*' }]
        : []),
    ],
  })

const key = () => ({ account: ACCOUNT, region: REGION, id })
const reader = () => world.engine.services.reader
const caughtUp = () => world.engine.services.sequencer.catchUp()

/** Somebody else's requests on the key, all newer than what is there. */
const manyMore = (outcome: 'ok' | 'denied', times: number) =>
  world.sql(
    `INSERT INTO audit.entry (index, event_id, ts, account_id, region, event_source, event_name, class, outcome, read_only, source,
       actor_arn, actor_type, key_id)
     SELECT 1000000 + n, gen_random_uuid(), clock_timestamp() + n * interval '1 microsecond', $1, $2, 'kms.amazonaws.com', 'Encrypt',
       'crypto', $3, true, 'wire', 'arn:aws:iam::111122223333:user/busy', 'IAMUser', $4 FROM generate_series(1, $5::int) AS n`,
    [ACCOUNT, REGION, outcome, id, times],
  )

beforeAll(async () => {
  world = await openWorld()
  id = (await admin().call('CreateKey', { Policy: policy('kms:Decrypt', 'kms:DescribeKey') })).KeyMetadata
    .KeyId
  const { CiphertextBlob } = await admin().call('Encrypt', { KeyId: id, Plaintext: base64('kept') })
  blob = Buffer.from(CiphertextBlob).toString('base64')
  await world.as('bob').call('Decrypt', { CiphertextBlob: blob })
  await world.as('bob').call('DescribeKey', { KeyId: id })
  await admin().call('PutKeyPolicy', { KeyId: id, Policy: policy() })
  await world.as('bob').refusal('Decrypt', { CiphertextBlob: blob })
  await caughtUp()
  await manyMore('ok', 3000)
  await manyMore('denied', 3000)
})
afterAll(() => world?.close())

const moment = () => ({ at: new Date(Date.now() + 60_000), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' })
const tried = (event: string, actor = bob()) => ({ key: key(), event, actor, identities: [actor] })
const turning = async (event: string, actor?: string) =>
  (await turningBefore(reader(), tried(event, actor), moment()))?.event

describe('behind thousands of newer requests', () => {
  it('is when everybody last did what', async () => {
    const deeds = await lastDeeds(reader(), key(), new Date(Date.now() - 86_400_000))
    const of = ({ actor, event }: Deed) => `${actor.split('/').at(-1)} ${event}`
    expect(deeds.map(of).sort()).toEqual([
      'admin CreateKey',
      'admin Encrypt',
      'admin PutKeyPolicy',
      'bob Decrypt',
      'bob DescribeKey',
    ])
  })

  it('is nothing of what was done before the time that is asked about', async () => {
    expect(await lastDeeds(reader(), key(), new Date(Date.now() + 60_000))).toEqual([])
  })

  it('is who was refused', async () => {
    const refused = await refusedActors(reader(), key(), new Date(Date.now() - 86_400_000))
    expect([...refused].map((actor) => actor.split('/').at(-1)).sort()).toEqual(['bob', 'busy'])
  })

  it.each<[string, string, string | undefined, string | undefined]>([
    ['of use', 'Decrypt', undefined, 'PutKeyPolicy'],
    ['of anything else', 'DescribeKey', undefined, 'PutKeyPolicy'],
    ['of sessions by how their ARN begins', 'Decrypt', 'arn:aws:iam::111122223333:user/', 'PutKeyPolicy'],
    ['of what never succeeded there is none', 'Sign', undefined, undefined],
    [
      'of somebody who did nothing there is none',
      'Decrypt',
      'arn:aws:iam::111122223333:user/alice',
      undefined,
    ],
  ])('is the change that turned it around: %s', async (_, event, actor, change) => {
    expect(await turning(event, actor)).toBe(change)
  })

  it('also when the last success was days ago, and only use tells of it', async () => {
    await world.sql("DELETE FROM audit.entry WHERE event_name = 'Decrypt' AND outcome = 'ok'")
    await world.sql(
      "UPDATE audit.usage SET day = day - 3, last_at = last_at - interval '3 days' WHERE operation = 'Decrypt'",
    )
    expect(await turning('Decrypt')).toBe('PutKeyPolicy')
  })
})

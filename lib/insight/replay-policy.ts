/**
 * Recorded requests, decided again with another key policy in place of the one that held: who would lose and who would
 * gain (console 3.6, review). Identity policies, boundaries, guardrails and session policies are those of the time, by
 * their hashes. Grants are those of the time where one was asked, else those that there are now.
 */
import type { z } from 'zod'
import { fingerprint } from '#lib/audit/search/position.ts'
import { type KeyEvent, keyEvents } from '#lib/audit/usage/key-events.ts'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import type { ReplayPage } from '#lib/domain/access.ts'
import { ReplayPolicyInput } from '#lib/domain/operations/policy-tools.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import { draftPolicy } from './access-question.ts'
import { openRecordedPolicies } from './recorded-policies.ts'
import { type RecordedRequest, recordedRequest } from './recorded-request.ts'
import { type Bench, decideAgain } from './replay-decision.ts'
import { addReplayed, newTally, type Tally } from './replay-tally.ts'

type Input = z.output<typeof ReplayPolicyInput>

const DEFAULT_DAYS = 30
const DAY_MS = 86_400_000
const BATCH = 500
/** Between two slices others have their turn (R26). */
const SLICE = 100
const pause = () => new Promise<void>((resume) => setImmediate(resume))

type Start = { readonly since: number; readonly ts: number; readonly id: string }
const isStart = (value: unknown): value is Start =>
  typeof value === 'object' && value !== null && 'since' in value && 'ts' in value && 'id' in value

type Reading = {
  readonly key: AllowedKey
  readonly draft: NamedPolicy
  readonly text: string
  readonly days: number
}

/** A marker is good for the same question only. */
const purposeOf = (call: Call, { key, text, days }: Reading) =>
  `replay-policy/${fingerprint([call.account, key.arn, text, days])}`

function startOf(call: Call, reading: Reading, marker: string | undefined): Start | undefined {
  if (marker === undefined) return undefined
  const start = openMarker(call.services.markerKey, purposeOf(call, reading), marker)
  if (isStart(start)) return start
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

async function readBatch(
  call: Call,
  { key }: Reading,
  since: Date,
  start: Start | undefined,
): Promise<KeyEvent[]> {
  const { account, region, id: keyId } = key.row
  const before = start && { ts: new Date(start.ts), id: start.id }
  return keyEvents(call.services.reader, {
    ...{ account, region, keyId, keyArn: key.arn, since, before },
    limit: BATCH + 1,
  })
}

type Read = { readonly event: KeyEvent; readonly request: RecordedRequest | string }

async function replay(bench: Bench, found: readonly Read[]): Promise<Tally> {
  const tally = newTally()
  for (const [index, { event, request }] of found.entries()) {
    if (index > 0 && index % SLICE === 0) await pause()
    addReplayed(tally, event, typeof request === 'string' ? request : await decideAgain(bench, request))
  }
  return tally
}

/** Everything that decisions about these requests rest on, read before the first. */
async function benchFor(call: Call, { key, draft }: Reading, found: readonly Read[]): Promise<Bench> {
  const { services } = call
  const identities = found.flatMap(({ request }) => (typeof request === 'string' ? [] : request.identity))
  const policies = await openRecordedPolicies(services.database.sql, identities)
  // The installation's clock is a test's where it is not the real one: then an event's time says nothing of it.
  const steady = Math.abs(services.clock.now().getTime() - services.clock.real().getTime()) < 1000
  const loaded = await services.keys.byId(key.row)
  return {
    key,
    draft,
    policies,
    steady,
    grants: async (who) => (loaded ? services.keys.grants(loaded, who) : []),
  }
}

async function pageOf(call: Call, reading: Reading, marker: string | undefined): Promise<ReplayPage> {
  const start = startOf(call, reading, marker)
  const since = start
    ? new Date(start.since)
    : new Date(call.services.clock.real().getTime() - reading.days * DAY_MS)
  if (!start) await call.services.sequencer.catchUp()
  const found = await readBatch(call, reading, since, start)
  const events = found.slice(0, BATCH)
  const requests = events.map((event) => ({ event, request: recordedRequest(event) }))
  const tally = await replay(await benchFor(call, reading, requests), requests)
  const last = events.at(-1)
  const more =
    found.length > BATCH && last
      ? sealMarker(call.services.markerKey, purposeOf(call, reading), {
          since: since.getTime(),
          ts: last.ts.getTime(),
          id: last.id,
        })
      : undefined
  return {
    Replayed: tally.replayed,
    Skipped: Object.fromEntries(tally.skipped),
    Since: since,
    Lost: [...tally.lost.values()],
    Gained: [...tally.gained.values()],
    ...(more !== undefined && { NextMarker: more }),
  }
}

/** A batch a call: whoever wants to know more asks on with NextMarker, and stops by not asking. */
export const ReplayPolicy = operation({
  name: 'ReplayPolicy',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  input: ReplayPolicyInput,
  logged: { request: ({ KeyId, Days }: Input) => ({ keyId: KeyId, days: Days ?? DEFAULT_DAYS }) },

  async run(call, { KeyId, Policy, Days: days = DEFAULT_DAYS, Marker }: Input) {
    const key = await call.key(KeyId, 'kms:GetKeyPolicy', { deed: 'read' })
    await call.permit({ action: 'cloudtrail:LookupEvents' })
    return pageOf(call, { key, draft: draftPolicy(call, Policy), text: Policy, days }, Marker)
  },
})

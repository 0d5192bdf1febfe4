/**
 * Watches: a key is disabled to see who misses it, for a number of days (console 3.17). What is counted is the log's: a
 * watch is a row with two dates, needs nobody who ends it, and outlives its key. Its dates are real ones, as the log's.
 */
import type { z } from 'zod'
import { refusedUse } from '#lib/audit/usage/refused-use.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import { keyArn } from '#lib/domain/arn.ts'
import type { KeyWatchView } from '#lib/domain/evidence.ts'
import { allows } from '#lib/domain/key-state.ts'
import {
  ListKeyWatchesInput,
  StartKeyWatchInput,
  StopKeyWatchInput,
} from '#lib/domain/operations/evidence.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  addKeyWatch,
  type KeyWatchRow,
  listKeyWatches,
  readKeyWatch,
  stopKeyWatch,
} from '#lib/store/key-watches.ts'

type StartInput = z.infer<typeof StartKeyWatchInput>
type StopInput = z.infer<typeof StopKeyWatchInput>
type ListInput = z.infer<typeof ListKeyWatchesInput>

const DAY_MS = 86_400_000
/** Older watches have been read long ago. */
const MOST_WATCHES = 100
/** Principals that a watch names; all are counted. */
const MOST_PRINCIPALS = 50

/** The moment from which on a watch counts nothing. */
const endOf = ({ endsAt, stoppedAt }: KeyWatchRow) => stoppedAt ?? endsAt

export const isRunning = (watch: KeyWatchRow, now: Date): boolean => endOf(watch) > now

/** What a watch has seen until now. The log is behind by as much as the last catchUp. */
export async function watchView(call: Call, watch: KeyWatchRow): Promise<KeyWatchView> {
  const { account, region, place, services } = call
  const refused = await refusedUse(services.reader, {
    account,
    region,
    keyId: watch.keyId,
    keyArn: keyArn(place, watch.keyId),
    from: watch.startedAt,
    to: endOf(watch),
  })
  return {
    Id: watch.id,
    KeyId: watch.keyId,
    Region: region,
    Alias: watch.alias,
    StartedAt: watch.startedAt,
    StartedBy: watch.startedBy,
    EndsAt: watch.endsAt,
    StoppedAt: watch.stoppedAt,
    Refused: refused.reduce((sum, { count }) => sum + count, 0),
    Principals: refused
      .slice(0, MOST_PRINCIPALS)
      .map(({ principal, count, last }) => ({ Principal: principal, Count: count, Last: last })),
  }
}

export const StartKeyWatch = operation({
  name: 'StartKeyWatch',
  service: 'Keyhouse',
  action: 'kms:DisableKey',
  class: 'admin',
  input: StartKeyWatchInput,
  logged: {
    request: ({ KeyId, Days }: StartInput) => ({ keyId: KeyId, days: Days }),
    response: ({ Id }: { readonly Id: string }) => ({ id: Id }),
  },

  async run(call, { KeyId, Days }: StartInput) {
    const key = await call.key(KeyId, 'kms:DisableKey', { deed: 'read' })
    const { database, clock } = call.services
    // A watch over a key that works would see nothing.
    if (allows('use', key.row.state))
      throw new KmsError('KMSInvalidStateException', `${key.arn} can be used, so nobody would miss it.`)
    const now = clock.real()
    const [last] = await listKeyWatches(database.sql, key.row, { keyId: key.row.id, limit: 1 })
    if (last && isRunning(last, now))
      throw new KmsError(
        'AlreadyExistsException',
        `${key.arn} is watched until ${last.endsAt.toISOString()}.`,
      )
    const watch = {
      id: uuidv4(),
      startedAt: now,
      startedBy: call.identity.principal.arn,
      endsAt: new Date(now.getTime() + Days * DAY_MS),
    }
    return call.change({
      // The key moves along, so that of two rivals one finds the other's watch.
      keys: [{ key }],
      rows: (rows) => addKeyWatch(rows, key.row, watch),
      output: { Id: watch.id },
    })
  },
})

export const StopKeyWatch = operation({
  name: 'StopKeyWatch',
  service: 'Keyhouse',
  action: 'kms:DisableKey',
  class: 'admin',
  input: StopKeyWatchInput,
  logged: { request: ({ Id }: StopInput) => ({ id: Id }) },

  async run(call, { Id }: StopInput) {
    const { database, clock } = call.services
    const watch = await readKeyWatch(database.sql, call, Id)
    // Who may not disable any key learns no more of an id than that.
    if (!watch) {
      await call.permit({ resource: '*' })
      throw new KmsError('NotFoundException', `There is no watch ${Id}`)
    }
    await call.key(watch.keyId, 'kms:DisableKey', { deed: 'read' })
    const now = clock.real()
    if (!isRunning(watch, now)) return {}
    return call.change({ rows: (rows) => stopKeyWatch(rows, watch.id, now), output: {} })
  },
})

export const ListKeyWatches = operation({
  name: 'ListKeyWatches',
  service: 'Keyhouse',
  action: 'kms:ListKeys',
  class: 'read',
  input: ListKeyWatchesInput,
  logged: { request: ({ KeyId }: ListInput) => ({ keyId: KeyId }) },

  async run(call, { KeyId }: ListInput) {
    await call.permit()
    const keyId = KeyId === undefined ? undefined : await call.keyIdOf(KeyId)
    if (KeyId !== undefined && keyId === undefined) return { Watches: [] }
    const { reader, sequencer } = call.services
    await sequencer.catchUp()
    const rows = await listKeyWatches(reader, call, { keyId, limit: MOST_WATCHES })
    const Watches: KeyWatchView[] = []
    for (const row of rows) Watches.push(await watchView(call, row))
    return { Watches }
  },
})

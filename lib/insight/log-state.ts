/** How the log stands, for the pill on every screen, and the checkpoints that were signed of it. */
import type { z } from 'zod'
import { checkpointView } from '#lib/audit/tree/checkpoint-view.ts'
import { listCheckpoints } from '#lib/audit/tree/checkpoints.ts'
import { readLogState } from '#lib/audit/watch/log-state.ts'
import type { LogKeyView, LogState } from '#lib/domain/evidence.ts'
import { GetLogStateInput, ListCheckpointsInput } from '#lib/domain/operations/evidence.ts'
import { nameOfLog } from '#lib/engine/log-name.ts'
import { verifierKeyOf } from '#lib/engine/log-watch.ts'
import { operation } from '#lib/engine/operation.ts'
import type { Services } from '#lib/engine/services.ts'
import { readLogKeys } from '#lib/store/log-keys.ts'
import { readSettings } from '#lib/store/settings.ts'

const DEFAULT_LIMIT = 50

async function keysOf({ database, domainKeys }: Services): Promise<LogKeyView[]> {
  return (await readLogKeys(database.sql)).map(({ origin, createdAt, retiredAt }) => ({
    Origin: origin,
    VerifierKey: verifierKeyOf(domainKeys, origin),
    Since: createdAt,
    Until: retiredAt,
  }))
}

/** How the log stands now. */
export async function logStateNow(services: Services): Promise<LogState> {
  const { database, domainKeys, reader, logWatch, installation, clock } = services
  const { origin } = await nameOfLog(database.sql, domainKeys)
  return readLogState({
    sql: reader,
    origin,
    keys: await keysOf(services),
    sinks: logWatch.sinks.map(({ name }) => name),
    readOnly: logWatch.readOnly(),
    rolesSeparated: installation.rolesSeparated,
    keepDays: (await readSettings(database.sql)).keepDays,
    now: clock.real(),
  })
}

/** It says nothing of anybody's events, so whoever may read their own account's log may ask. */
export const GetLogState = operation({
  name: 'GetLogState',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  recorded: false,
  input: GetLogStateInput,
  logged: { request: () => null },

  async run(call) {
    await call.permit()
    return logStateNow(call.services)
  },
})

type ListInput = z.infer<typeof ListCheckpointsInput>

export const ListCheckpoints = operation({
  name: 'ListCheckpoints',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: ListCheckpointsInput,
  logged: { request: ({ Limit }: ListInput) => ({ limit: Limit }) },

  async run(call, { Limit: limit = DEFAULT_LIMIT, Cursor: cursor }: ListInput) {
    await call.permit()
    const { reader, search } = call.services
    const cursors = search.cursors('checkpoints')
    const before = cursor === undefined ? undefined : cursors.open('checkpoints', cursor).ts
    const found = await listCheckpoints(reader, { before, limit: limit + 1 })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    const more = found.length > limit && last
    return {
      Checkpoints: page.map(checkpointView),
      ...(more && { NextCursor: cursors.seal('checkpoints', 'onwards', { ts: last.at, id: last.origin }) }),
    }
  },
})

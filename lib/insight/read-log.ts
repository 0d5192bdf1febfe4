/**
 * The whole log, page by page, for an export: of every account, with what only the engine otherwise sees. Whoever may
 * (keyhouse:ExportLog), in the account that the installation was set up with.
 */
import type { z } from 'zod'
import { printVerifierKey } from '#lib/audit/tree/note.ts'
import { firstKept, readLog, readTilesFrom, TILES_AT_ONCE } from '#lib/audit/tree/read-log.ts'
import { ReadLogInput, ReadTilesInput } from '#lib/domain/operations/evidence.ts'
import type { Call } from '#lib/engine/call.ts'
import { permitInstallation } from '#lib/engine/first-account.ts'
import { operation } from '#lib/engine/operation.ts'
import { readLogKeys } from '#lib/store/log-keys.ts'

const permitHere = (call: Call) => permitInstallation(call, 'the log of all accounts belongs')

const DEFAULT_LIMIT = 1000

type LogInput = z.output<typeof ReadLogInput>

/** With the newest checkpoint, which covers every event that was committed before the first page was asked for. */
export const ReadLog = operation({
  name: 'ReadLog',
  service: 'Keyhouse',
  action: 'keyhouse:ExportLog',
  class: 'read',
  input: ReadLogInput,
  logged: { request: ({ First, Limit }: LogInput) => ({ first: First, limit: Limit }) },

  async run(call, { First: start, Limit: limit = DEFAULT_LIMIT }: LogInput) {
    await permitHere(call)
    const { sequencer, notary, reader, database } = call.services
    await sequencer.catchUp()
    const { origin, size, root, at, note } = await notary.checkpoint()
    const { events, next } = await readLog(reader, { start, end: size }, limit)
    const keys = await readLogKeys(database.sql)
    return {
      Entries: events.map(({ index, leaf, record, decision, context }) => ({
        Index: index,
        Leaf: leaf,
        Record: record,
        Decision: decision,
        Context: context,
      })),
      ...(next < size && { Next: next }),
      FirstKept: await firstKept(reader),
      Checkpoint: { Origin: origin, Size: size, Root: root.toString('base64'), At: at, Note: note },
      VerifierKeys: keys.map((key) => printVerifierKey(key.origin, key.publicKey)),
    }
  },
})

type TilesInput = z.output<typeof ReadTilesInput>

export const ReadTiles = operation({
  name: 'ReadTiles',
  service: 'Keyhouse',
  action: 'keyhouse:ExportLog',
  class: 'read',
  input: ReadTilesInput,
  logged: {
    request: ({ Level, First, Limit }: TilesInput) => ({ level: Level, first: First, limit: Limit }),
  },

  async run(call, { Level: level, First: first, Limit: limit = TILES_AT_ONCE }: TilesInput) {
    await permitHere(call)
    const tiles = await readTilesFrom(call.services.reader, { level, first, limit })
    return { Tiles: tiles.map(({ index, hashes }) => ({ Index: index, Hashes: hashes })) }
  },
})

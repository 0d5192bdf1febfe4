/**
 * One round of sequencing: events that have no leaf get the next places of the tree, a batch at a time. Everything that
 * a batch makes is one transaction under the head's lock.
 *
 *   lock the head → events without a leaf → MACs, hashes → leaves, tiles, entries, counts → the new head
 *
 * Nothing holds it up: what an engine of ours did not write, or what is no record, has its leaf and is a finding.
 */
import type pg from 'pg'
import { uuidv4 } from '../../crypto/random.ts'
import type { KeyObject } from '../../crypto/secret-key.ts'
import { edgeOf, grow, type Tile } from '../tree/tiles.ts'
import { sqlState } from '../write/pool.ts'
import type { WrittenRows } from '../write/written-rows.ts'
import { multirange, numbersOf } from './engine-numbers.ts'
import {
  COUNTS_SQL,
  EDGE_SQL,
  ENTRIES_SQL,
  FINDING_SQL,
  HEAD_SQL,
  LEAVES_SQL,
  LOCK_SQL,
  RECENT_SQL,
  ROWS_SQL,
  TILES_SQL,
  WHOLE_SQL,
} from './sequence-sql.ts'
import { leafHashOf, rowIsOurs, type StoredRow } from './stored-row.ts'

/** So many are placed in one transaction. */
const AT_ONCE = 500

/** How far back a round looks; the whole begins ten minutes before the newest leaf. */
export type Reach = { readonly backMs: number } | 'whole'

export type RoundParts = {
  readonly pool: pg.Pool
  readonly macKey: KeyObject
  /** What this engine wrote a moment ago. */
  readonly written?: WrittenRows
  readonly atOnce?: number
  readonly fault: (message: string, cause: unknown) => void
}

/** Errors of data, not of the database: a body that is no record. */
const isUnreadable = (thrown: unknown) => /^2[23]/.test(sqlState(thrown) ?? '')

type Missing = { readonly id: string; readonly ts: Date }

async function missing(client: pg.PoolClient, reach: Reach, atOnce: number): Promise<Missing[]> {
  const query =
    reach === 'whole'
      ? { name: 'sequence-whole', text: WHOLE_SQL, values: [atOnce] }
      : { name: 'sequence-recent', text: RECENT_SQL, values: [atOnce, reach.backMs] }
  return (await client.query<Missing>(query)).rows
}

/** A row that gets its place; `ours` says that an engine of this installation wrote it. */
type Found = { readonly row: StoredRow; readonly ours: boolean }

/** Rows in the order they were missed: our own as they were written, others as they are stored. */
async function rowsOf(client: pg.PoolClient, parts: RoundParts, of: readonly Missing[]): Promise<Found[]> {
  const own = new Map(of.map(({ id }) => [id, parts.written?.get(id)]))
  const others = of.filter(({ id }) => own.get(id) === undefined)
  const values = [others.map(({ ts }) => ts.toISOString()), others.map(({ id }) => id)]
  const read =
    others.length === 0
      ? []
      : (await client.query<StoredRow>({ name: 'sequence-rows', text: ROWS_SQL, values })).rows
  const stored = new Map(read.map((row) => [row.id, row]))
  return of.flatMap(({ id }) => {
    const written = own.get(id)
    if (written) return [{ row: written, ours: true }]
    const row = stored.get(id)
    return row ? [{ row, ours: rowIsOurs(parts.macKey, row) }] : []
  })
}

async function edgeAt(client: pg.PoolClient, size: number): Promise<Tile[]> {
  const keys = edgeOf(size)
  if (keys.length === 0) return []
  const { rows } = await client.query<{ level: number; index: string; hashes: Buffer }>({
    name: 'sequence-edge',
    text: EDGE_SQL,
    values: [keys.map(({ level }) => level), keys.map(({ index }) => index)],
  })
  const tiles = rows.map(({ level, index, hashes }) => ({ level, index: Number(index), hashes }))
  if (tiles.length !== keys.length) throw new Error(`tiles at the edge of ${size} leaves are missing`)
  return tiles
}

type Finding = { kind: 'mac' | 'unreadable'; row: StoredRow; index: number; cause?: unknown }

async function note(client: pg.PoolClient, { kind, row, index }: Finding): Promise<void> {
  const details = { eventId: row.id, account: row.account_id, engineId: row.engine_id }
  await client.query(FINDING_SQL, [uuidv4(), kind, row.id, index, JSON.stringify(details)])
}

type Placed = { readonly row: StoredRow; readonly index: number }

async function project(client: pg.PoolClient, placed: readonly Placed[]): Promise<void> {
  const values = [
    placed.map(({ index }) => index),
    placed.map(({ row }) => row.ts.toISOString()),
    placed.map(({ row }) => row.id),
  ]
  await client.query({ name: 'sequence-entries', text: ENTRIES_SQL, values })
}

/** Entries of all; where one cannot be made, of each by itself. Gives those that have none. */
async function entriesOf(
  client: pg.PoolClient,
  placed: readonly Placed[],
): Promise<(Placed & { cause: unknown })[]> {
  await client.query('SAVEPOINT entries')
  try {
    await project(client, placed)
    return []
  } catch (cause) {
    if (!isUnreadable(cause)) throw cause
    await client.query('ROLLBACK TO entries')
    const [only] = placed
    if (placed.length === 1 && only) return [{ ...only, cause }]
  }
  const half = Math.ceil(placed.length / 2)
  return [
    ...(await entriesOf(client, placed.slice(0, half))),
    ...(await entriesOf(client, placed.slice(half))),
  ]
}

async function writeTiles(client: pg.PoolClient, tiles: readonly Tile[]): Promise<void> {
  const values = [
    tiles.map(({ level }) => level),
    tiles.map(({ index }) => index),
    tiles.map(({ hashes }) => hashes),
  ]
  await client.query({ name: 'sequence-tiles', text: TILES_SQL, values })
}

async function writeCounts(client: pg.PoolClient, rows: readonly StoredRow[]): Promise<void> {
  const numbers = numbersOf(rows)
  if (numbers.length === 0) return
  const values = [
    numbers.map(({ engineId }) => engineId),
    numbers.map(({ stream }) => stream),
    numbers.map(({ seen }) => multirange(seen)),
    numbers.map(({ declared }) => multirange(declared)),
  ]
  await client.query({ name: 'sequence-counts', text: COUNTS_SQL, values })
}

/** The tree's edge as the last round of this process left it: another engine may have moved on since. */
type Remembered = { size: number; edge: readonly Tile[] }

/** Gives which events it placed, and what was wrong with some of them. */
async function place(
  client: pg.PoolClient,
  parts: RoundParts,
  reach: Reach,
  remembered: Remembered,
): Promise<{ ids: readonly string[]; findings: Finding[]; after: Remembered }> {
  const head = (await client.query<{ size: string }>(LOCK_SQL)).rows[0]
  const size = Number(head?.size ?? 0)
  const found = await rowsOf(client, parts, await missing(client, reach, parts.atOnce ?? AT_ONCE))
  const rows = found.map(({ row }) => row)
  if (rows.length === 0) return { ids: [], findings: [], after: remembered }
  const edge = remembered.size === size ? remembered.edge : await edgeAt(client, size)
  const grown = grow(edge, size, rows.map(leafHashOf))
  const placed = rows.map((row, offset) => ({ row, index: size + offset }))
  const strangers = placed.filter((_, at) => !found[at]?.ours)
  const forged = new Set(strangers.map(({ index }) => index))

  const times = rows.map(({ ts }) => ts.toISOString())
  const ids = rows.map(({ id }) => id)
  await client.query({ name: 'sequence-leaves', text: LEAVES_SQL, values: [size, times, ids] })
  await writeTiles(client, grown.tiles)
  const unreadable = await entriesOf(client, placed)
  await writeCounts(
    client,
    placed.filter(({ index }) => !forged.has(index)).map(({ row }) => row),
  )
  const findings: Finding[] = [
    ...strangers.map((one) => ({ ...one, kind: 'mac' as const })),
    ...unreadable.map((one) => ({ ...one, kind: 'unreadable' as const })),
  ]
  for (const finding of findings) await note(client, finding)
  const moved = await client.query(HEAD_SQL, [size, grown.size, grown.root])
  if (moved.rowCount !== 1) throw new Error('the head of the log moved under its lock')
  return { ids, findings, after: { size: grown.size, edge: grown.edge } }
}

const SAYS: Record<Finding['kind'], string> = {
  mac: 'was not written by an engine of this installation',
  unreadable: 'cannot be read',
}

/** Rounds over the sequencer's connections. */
export function openRounds(parts: RoundParts): { readonly run: (reach: Reach) => Promise<void> } {
  let remembered: Remembered = { size: 0, edge: [] }

  async function batch(reach: Reach): Promise<number> {
    const client = await parts.pool.connect()
    let broken = true
    try {
      await client.query('BEGIN')
      const { ids, findings, after } = await place(client, parts, reach, remembered)
      await client.query('COMMIT')
      remembered = after
      parts.written?.forget(ids)
      for (const { kind, row, cause } of findings) parts.fault(`event ${row.id} ${SAYS[kind]}`, cause ?? kind)
      broken = false
      return ids.length
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      )
      throw error
    } finally {
      client.release(broken)
    }
  }

  return {
    async run(reach) {
      while ((await batch(reach)) === (parts.atOnce ?? AT_ONCE));
    },
  }
}

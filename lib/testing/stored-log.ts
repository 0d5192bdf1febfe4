/** A log judged from its rows alone, by whoever may read everything: every event has its leaf, and the head is theirs. */
import { setTimeout as sleep } from 'node:timers/promises'
import { leafHashOf, STORED_COLUMNS, type StoredRow } from '#lib/audit/sequence/stored-row.ts'
import { readHead } from '#lib/audit/tree/checkpoints.ts'
import { openCheckpoint, parseVerifierKey, printVerifierKey } from '#lib/audit/tree/note.ts'
import { grow } from '#lib/audit/tree/tiles.ts'

type Statement = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>

const PATIENCE_MS = 10_000

/** Waits for the sequencer, which is at most a second behind. */
async function untilSequenced(sql: Statement): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    const missing = await sql(
      'SELECT 1 FROM audit.event e WHERE NOT EXISTS (SELECT FROM audit.leaf l WHERE l.ts = e.ts AND l.event_id = e.id) LIMIT 1',
    )
    if (missing.length === 0) return
    await sleep(100)
  }
}

/** What is wrong with the log: nothing, for one that is whole. */
export async function faultsOfStoredLog(statement: Statement): Promise<string[]> {
  await untilSequenced(statement)
  const sql = async <Row>(text: string, values: readonly unknown[]) =>
    // The statement names the columns that the caller reads.
    (await statement(text, [...values])) as Row[]
  const head = await readHead(sql)
  const rows = await sql<StoredRow & { index: string | null }>(
    `SELECT ${STORED_COLUMNS}, l.index::text AS index FROM audit.event e LEFT JOIN audit.leaf l ON l.ts = e.ts AND l.event_id = e.id
     ORDER BY l.index`,
    [],
  )
  const faults = rows.flatMap(({ index, id }, place) =>
    Number(index) === place && index !== null ? [] : [`event ${id} is leaf ${index}, not ${place}`],
  )
  const { size, root } = grow([], 0, rows.map(leafHashOf))
  // Events go on while this reads: the head is of the first so many.
  if (size < head.size) faults.push(`the head has ${head.size} leaves, and there are ${size} events`)
  const whole = size === head.size ? root : grow([], 0, rows.slice(0, head.size).map(leafHashOf)).root
  if (!whole.equals(head.root)) faults.push('the root is another')
  const findings = await statement('SELECT kind, subject FROM audit.finding')
  faults.push(...findings.map(({ kind, subject }) => `${kind} ${subject}`))
  return [...faults, ...(await checkpointFaults(statement, rows))]
}

/** The newest checkpoint; the first comes a second or so after an engine's start. */
async function newestSigned(statement: Statement): Promise<Record<string, unknown> | undefined> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    const [signed] = await statement(
      `SELECT c.note, k.public_key FROM audit.checkpoint c JOIN keyhouse.log_key k USING (origin)
       ORDER BY c.at DESC, c.size DESC LIMIT 1`,
    )
    if (signed) return signed
    await sleep(100)
  }
  return undefined
}

/** The newest checkpoint is signed, and is the root of the first so many rows. */
async function checkpointFaults(statement: Statement, rows: readonly StoredRow[]): Promise<string[]> {
  const signed = await newestSigned(statement)
  if (!signed) return ['nothing is signed']
  const note = String(signed.note)
  const origin = note.slice(0, note.indexOf('\n'))
  const key = parseVerifierKey(printVerifierKey(origin, signed.public_key as Buffer))
  const { size, root } = openCheckpoint(note, [key])
  const expected = grow([], 0, rows.slice(0, size).map(leafHashOf)).root
  return root.equals(expected) ? [] : [`the checkpoint of ${size} leaves has another root`]
}

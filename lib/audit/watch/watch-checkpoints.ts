/** The watch over what was signed: signatures, roots from the tiles, and that each checkpoint continues the one before. */

import { type Checkpoint, extendsCheckpoint, readHead, rootAt } from '../tree/checkpoints.ts'
import { NoteError, openCheckpoint, parseVerifierKey } from '../tree/note.ts'
import type { Sql } from '../write/change.ts'
import { type NewFinding, wrongCheckpoint } from './findings.ts'

/** Checkpoints in one look: the newest, and some of all in turn. */
const NEWEST = 2
const IN_TURN = 100

const COLUMNS = 'origin, size::text AS size, root, at, note'
const NEWEST_SQL = `SELECT ${COLUMNS} FROM audit.checkpoint ORDER BY at DESC LIMIT ${NEWEST}`
const IN_TURN_SQL = `
SELECT ${COLUMNS} FROM audit.checkpoint c WHERE (origin, size) > ($1, $2::bigint) ORDER BY c.origin, c.size LIMIT ${IN_TURN}`

type Row = Omit<Checkpoint, 'size'> & { readonly size: string }
const checkpointOf = (row: Row): Checkpoint => ({ ...row, size: Number(row.size) })

export type CheckpointWatch = {
  readonly sql: Sql
  /** C2SP verifier key of a name of this log: derived, whatever the database says. */
  readonly verifierKey: (origin: string) => string
}

/** Why the note does not say what the row says; undefined where it does, under our signature. */
function noteFault({ origin, size, root, note }: Checkpoint, key: string): string | undefined {
  try {
    const head = openCheckpoint(note, [parseVerifierKey(key)])
    const same = head.origin === origin && head.size === size && head.root.equals(root)
    return same ? undefined : 'its note says something else'
  } catch (thrown) {
    if (thrown instanceof NoteError) return thrown.message
    throw thrown
  }
}

async function treeFault(sql: Sql, { size, root }: Checkpoint): Promise<string | undefined> {
  try {
    return (await rootAt(sql, size)).equals(root) ? undefined : 'the tiles give another root'
  } catch (thrown) {
    if (thrown instanceof RangeError) return thrown.message
    throw thrown
  }
}

async function checkOne({ sql, verifierKey }: CheckpointWatch, one: Checkpoint): Promise<NewFinding[]> {
  const fault = noteFault(one, verifierKey(one.origin)) ?? (await treeFault(sql, one))
  return fault === undefined ? [] : [wrongCheckpoint(one, fault)]
}

/** The newest checkpoint against the one before it. */
async function checkSequence(
  sql: Sql,
  [newest, before]: readonly Checkpoint[],
  head: number,
): Promise<NewFinding[]> {
  if (!newest || !before || newest.size > head || before.size > newest.size) return []
  try {
    const holds = await extendsCheckpoint(sql, before, newest)
    return holds ? [] : [wrongCheckpoint(newest, `it does not continue the one of ${before.size} leaves`)]
  } catch (thrown) {
    if (thrown instanceof RangeError) return [wrongCheckpoint(newest, thrown.message)]
    throw thrown
  }
}

/** The head's row against the tiles. */
async function checkHead(sql: Sql): Promise<NewFinding[]> {
  const head = await readHead(sql)
  const why = await treeFault(sql, { ...head, origin: '', at: head.sequencedAt, note: '' })
  if (why === undefined) return []
  const { size } = head
  return [
    {
      kind: 'mismatch',
      subject: `head ${size}`,
      first: null,
      last: null,
      details: { what: 'head', size, why },
    },
  ]
}

/** A look at the newest, and at the next of all in turn. */
export function openCheckpointWatch(watch: CheckpointWatch): () => Promise<NewFinding[]> {
  const { sql } = watch
  let turn = { origin: '', size: -1 }
  return async () => {
    const { size } = await readHead(sql)
    const newest = (await sql<Row>(NEWEST_SQL, [])).map(checkpointOf)
    const others = (await sql<Row>(IN_TURN_SQL, [turn.origin, turn.size])).map(checkpointOf)
    turn = others.length < IN_TURN ? { origin: '', size: -1 } : (others.at(-1) ?? turn)
    const found = await checkHead(sql)
    for (const one of [...newest, ...others]) found.push(...(await checkOne(watch, one)))
    return [...found, ...(await checkSequence(sql, newest, size))]
  }
}

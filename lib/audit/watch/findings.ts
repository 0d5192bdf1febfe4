/**
 * What is wrong with the log, or was: found once, said in the log itself, never taken back, acknowledged by a name.
 * Who looks is lib/audit/watch*.ts and the sequencer.
 */
import { uuidv4 } from '../../crypto/random.ts'
import type { Finding, FindingKind } from '../../domain/evidence.ts'
import type { Sql } from '../write/change.ts'
import { type FindingDetails, sentenceOf } from './finding-sentence.ts'

export type NewFinding = {
  readonly kind: FindingKind
  /** What it is about: of one kind and subject there is one finding. */
  readonly subject: string
  /** Leaves at which, or between which, it lies; null where nobody can say. */
  readonly first: number | null
  readonly last: number | null
  readonly details: FindingDetails
}

/** A checkpoint that does not hold. */
export const wrongCheckpoint = (
  { origin, size }: { readonly origin: string; readonly size: number },
  why: string,
): NewFinding => ({
  kind: 'mismatch',
  subject: `checkpoint ${origin} ${size}`,
  first: null,
  last: null,
  details: { what: 'checkpoint', size, why },
})

export type FindingRow = NewFinding & {
  readonly id: string
  readonly foundAt: Date
  readonly acknowledgedAt: Date | null
  readonly acknowledgedBy: string | null
}

/** A log that was written over as a whole must not fill the disk with findings: what is left out is found again. */
const MOST_OPEN = 1000
const MOST_LISTED = 200

const ADD_SQL = `
INSERT INTO audit.finding (id, kind, subject, first_index, last_index, details)
SELECT f.* FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::jsonb[]) AS f
WHERE (SELECT count(*) FROM audit.finding WHERE acknowledged_at IS NULL) < ${MOST_OPEN}
ON CONFLICT (kind, subject) DO NOTHING`

/** Adds those that are not known. `sql` is the sequencer's role's. */
export async function addFindings(sql: Sql, findings: readonly NewFinding[]): Promise<void> {
  const few = findings.slice(0, MOST_OPEN)
  if (few.length === 0) return
  await sql(ADD_SQL, [
    few.map(() => uuidv4()),
    few.map(({ kind }) => kind),
    few.map(({ subject }) => subject),
    few.map(({ first }) => first),
    few.map(({ last }) => last),
    few.map(({ details }) => JSON.stringify(details)),
  ])
}

type Row = Omit<FindingRow, 'first' | 'last'> & { first: string | null; last: string | null }

const COLUMNS = `id, kind, subject, first_index::text AS first, last_index::text AS last, details, found_at AS "foundAt",
  acknowledged_at AS "acknowledgedAt", acknowledged_by AS "acknowledgedBy"`

const indexOf = (text: string | null) => (text === null ? null : Number(text))
const rowOf = (row: Row): FindingRow => ({ ...row, first: indexOf(row.first), last: indexOf(row.last) })

/** Open ones first, newest first. */
export async function listFindings(sql: Sql): Promise<FindingRow[]> {
  const rows = await sql<Row>(
    `SELECT ${COLUMNS} FROM audit.finding ORDER BY acknowledged_at IS NOT NULL, found_at DESC LIMIT ${MOST_LISTED}`,
    [],
  )
  return rows.map(rowOf)
}

export async function readFinding(sql: Sql, id: string): Promise<FindingRow | undefined> {
  const rows = await sql<Row>(`SELECT ${COLUMNS} FROM audit.finding WHERE id = $1::uuid`, [id])
  return rows.map(rowOf)[0]
}

/** Those of which the log itself says nothing yet. */
export async function unsaidFindings(sql: Sql): Promise<FindingRow[]> {
  const rows = await sql<Row>(
    `SELECT ${COLUMNS} FROM audit.finding WHERE event_id IS NULL ORDER BY found_at LIMIT 20`,
    [],
  )
  return rows.map(rowOf)
}

export async function markSaid(sql: Sql, id: string, eventId: string): Promise<void> {
  await sql('UPDATE audit.finding SET event_id = $2::uuid WHERE id = $1::uuid', [id, eventId])
}

/** Which kinds of finding are open. */
export async function openKinds(sql: Sql): Promise<ReadonlySet<FindingKind>> {
  const rows = await sql<{ kind: FindingKind }>(
    'SELECT DISTINCT kind FROM audit.finding WHERE acknowledged_at IS NULL',
    [],
  )
  return new Set(rows.map(({ kind }) => kind))
}

/** What keeps the log from going on under its name: an open rollback or fork, oldest first. */
export async function suspicion(sql: Sql): Promise<FindingRow | undefined> {
  const rows = await sql<Row>(
    `SELECT ${COLUMNS} FROM audit.finding WHERE kind IN ('rollback', 'fork') AND acknowledged_at IS NULL
     ORDER BY found_at LIMIT 1`,
    [],
  )
  return rows.map(rowOf)[0]
}

/** False when it had been acknowledged before. To be called in the transaction of the event that says so. */
export async function acknowledgeFinding(sql: Sql, id: string, by: string): Promise<boolean> {
  const rows = await sql(
    `UPDATE audit.finding SET acknowledged_at = clock_timestamp(), acknowledged_by = $2
     WHERE id = $1::uuid AND acknowledged_at IS NULL RETURNING 1 AS done`,
    [id, by],
  )
  return rows.length === 1
}

/** The same for every open rollback and fork. */
export async function acknowledgeSuspicions(sql: Sql, by: string): Promise<void> {
  await sql(
    `UPDATE audit.finding SET acknowledged_at = clock_timestamp(), acknowledged_by = $1
     WHERE kind IN ('rollback', 'fork') AND acknowledged_at IS NULL`,
    [by],
  )
}

export const findingView = (row: FindingRow): Finding => ({
  Id: row.id,
  Kind: row.kind,
  FirstIndex: row.first,
  LastIndex: row.last,
  Sentence: sentenceOf(row),
  FoundAt: row.foundAt,
  AcknowledgedAt: row.acknowledgedAt,
  AcknowledgedBy: row.acknowledgedBy,
})

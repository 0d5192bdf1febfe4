/**
 * Numbers of engines that never came into the log (R60): what is neither seen nor declared, below the highest that is
 * known to have been written. A row that was taken away before it was sequenced leaves such a hole.
 *
 * A process that is killed leaves holes too, and honestly: of the batches that were on their way one may have been
 * committed and an earlier one not, and nobody got an answer from that one. Those are among its last numbers, and
 * a living engine declares them, by an event. What is missing further back, or of an engine that lives, is a gap.
 */
import type { Sql } from '../write/change.ts'
import type { NewFinding } from './findings.ts'

/** Two batches of 256 are on their way at once, and as many numbers may just have come back from others. */
const LAST_OF_THE_DEAD = 1024
/** An engine says every few seconds that it lives. */
const DEAD_AFTER_SECONDS = 30

export type Hole = {
  readonly engineId: string
  readonly stream: 'batch' | 'change'
  readonly first: number
  readonly last: number
  /** Whether its engine died with these numbers among its last. */
  readonly left: boolean
}

// Changes count in the database, in their own transaction: every number up to the counter was committed.
const HOLES_SQL = `
WITH counts AS (
  SELECT e.id, e.seen_at, s.stream, coalesce(c.seen, '{}') AS seen, coalesce(c.declared, '{}') AS declared,
    greatest(coalesce(upper(c.seen), 1) - 1, CASE s.stream WHEN 'change' THEN e.change_counter ELSE 0 END,
      CASE WHEN s.stream = 'batch' AND e.id = $1::uuid THEN $2::bigint ELSE 0 END) AS top
  FROM audit.engine e CROSS JOIN (VALUES ('batch'), ('change')) AS s (stream)
  LEFT JOIN audit.engine_count c ON c.engine_id = e.id AND c.stream = s.stream
)
SELECT id AS "engineId", stream, lower(hole)::text AS first, (upper(hole) - 1)::text AS last,
  stream = 'batch' AND lower(hole) > top - ${LAST_OF_THE_DEAD}
    AND seen_at < clock_timestamp() - interval '${DEAD_AFTER_SECONDS} seconds' AS left
FROM counts, unnest(int8multirange(int8range(1, top + 1)) - seen - declared) AS hole
ORDER BY id, stream, lower(hole) LIMIT 1000`

export type Acknowledged = { readonly engineId: string; readonly highest: number }

/** Holes as they are now. Of its own batches an engine knows the highest that was acknowledged, whatever was taken away. */
export async function holesOf(sql: Sql, own: Acknowledged): Promise<Hole[]> {
  const rows = await sql<Omit<Hole, 'first' | 'last'> & { first: string; last: string }>(HOLES_SQL, [
    own.engineId,
    own.highest,
  ])
  return rows.map((row) => ({ ...row, first: Number(row.first), last: Number(row.last) }))
}

export const nameOfHole = ({ engineId, stream, first, last }: Hole): string =>
  `${engineId} ${stream} ${first}-${last}`

// The rows on both sides, where there are any. An engine's rows are not indexed, so only its own time is looked through.
const NEIGHBOURS_SQL = `
SELECT e.engine_counter::text AS number, l.index::text AS index
FROM audit.event e JOIN audit.leaf l ON l.ts = e.ts AND l.event_id = e.id
WHERE e.engine_id = $1::uuid AND e.engine_stream = $2 AND e.engine_counter IN ($3::bigint, $4::bigint)
  AND e.ts >= (SELECT started_at - interval '1 minute' FROM audit.engine WHERE id = $1::uuid)`

/** The hole as a finding, with the leaves between which it lies. */
export async function gapOf(sql: Sql, hole: Hole): Promise<NewFinding> {
  const { engineId, stream, first, last } = hole
  const near = await sql<{ number: string; index: string }>(NEIGHBOURS_SQL, [
    engineId,
    stream,
    first - 1,
    last + 1,
  ]).catch(() => [])
  const indexOf = (number: number) => {
    const found = near.find((row) => Number(row.number) === number)
    return found ? Number(found.index) : null
  }
  return {
    kind: 'gap',
    subject: nameOfHole(hole),
    first: indexOf(first - 1),
    last: indexOf(last + 1),
    details: { engineId, stream, numbers: [first, last] },
  }
}

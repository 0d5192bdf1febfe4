/**
 * The event of a change, written inside the change's own transaction: both happen or neither.
 * Its number comes from a row that only this engine writes, so that this count has no gaps at all (R60).
 */
import type { KeyObject } from '../../crypto/secret-key.ts'
import type { BuiltEvent } from '../record/event.ts'
import { eventMac } from './mac.ts'
import type { WrittenRows } from './written-rows.ts'

/** Runs one statement in somebody's transaction. */
export type Sql = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>

const NUMBERS_SQL = `
INSERT INTO audit.engine AS engine (id, change_counter) VALUES ($1::uuid, $2::bigint)
ON CONFLICT (id) DO UPDATE SET change_counter = engine.change_counter + excluded.change_counter
RETURNING change_counter::text AS last`

const INSERT_SQL = `
INSERT INTO audit.event
  (id, ts, account_id, region, key_id, body, engine_id, engine_stream, engine_counter, mac, decision, context)
VALUES ($1::uuid, $2::timestamptz, $3, $4, $5, $6, $7::uuid, 'change', $8::bigint, $9, $10::json, $11::json)`

type Writer = {
  readonly engineId: string
  readonly macKey: KeyObject
  readonly written?: WrittenRows | undefined
}

/**
 * Writes the events of a change. To be called last before the versions move: from here to the commit, this engine's
 * other changes wait.
 */
export async function insertChange(writer: Writer, sql: Sql, events: readonly BuiltEvent[]): Promise<void> {
  const { engineId, macKey, written } = writer
  const [numbers] = await sql<{ last: string }>(NUMBERS_SQL, [engineId, String(events.length)])
  const first = Number(numbers?.last) - events.length + 1
  for (const [index, event] of events.entries()) {
    const counter = first + index
    const ordinal = { engineId, stream: 'change', counter } as const
    written?.keep(event, ordinal)
    const mac = eventMac(macKey, event, ordinal)
    const { id, ts, accountId, region, keyId, body, decision, context } = event
    const columns = [
      id,
      ts.toISOString(),
      accountId,
      region,
      keyId,
      body,
      engineId,
      String(counter),
      mac,
      decision,
      context,
    ]
    await sql(INSERT_SQL, columns)
  }
}

/**
 * One batch of events as one SQL statement: the rows of audit.event, and the versions each answer was decided with.
 * It says nothing of when a batch is sent, nor of what becomes of its failure: lib/audit/write/writer.ts does.
 */
import { Buffer } from 'node:buffer'
import type { KeyObject } from '../../crypto/secret-key.ts'
import type { BuiltEvent } from '../record/event.ts'
import { eventMac } from './mac.ts'

/** The versions that a decision rests on. Keys are those whose row was read, whichever account owns them. */
export type Expectation = {
  readonly accounts: readonly { readonly id: string; readonly epoch: bigint }[]
  readonly keys: readonly {
    readonly account: string
    readonly region: string
    readonly id: string
    readonly version: bigint
  }[]
}

/** Rows that are written together or not at all. */
export type Entry = { readonly rows: readonly BuiltEvent[]; readonly expect: Expectation }

/**
 * Accounts are locked first, then keys, each in the order of their keys: two batches never wait for each other in a
 * ring. `count(*)` makes the first list complete before the second begins. FOR SHARE gives the version that is committed
 * when the lock is held, and whoever wants to move it waits until this batch is committed (R52 A).
 *
 * A basis is a set of versions that answers rest on; most answers of a batch share a few.
 * Bodies and MACs travel as one binary value each, cut apart here: an array of bytea would travel as hex.
 */
export const BATCH_SQL = `
WITH account AS MATERIALIZED (
  SELECT id, epoch FROM keyhouse.account WHERE id = ANY ($2::text[]) ORDER BY id FOR SHARE
), key AS MATERIALIZED (
  SELECT k.account_id, k.region, k.id, k.row_version FROM keyhouse.key k
  WHERE (SELECT count(*) FROM account) >= 0
    AND (k.account_id, k.region, k.id) IN (SELECT * FROM unnest($5::text[], $6::text[], $7::text[]))
  ORDER BY k.account_id, k.region, k.id FOR SHARE OF k
), stale AS (
  SELECT x.basis FROM unnest($1::int[], $2::text[], $3::bigint[]) AS x (basis, id, epoch)
  LEFT JOIN account ON account.id = x.id WHERE account.epoch IS DISTINCT FROM x.epoch
  UNION ALL
  SELECT x.basis FROM unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::bigint[])
    AS x (basis, account_id, region, id, version)
  LEFT JOIN key USING (account_id, region, id) WHERE key.row_version IS DISTINCT FROM x.version
)
INSERT INTO audit.event
  (id, ts, account_id, region, key_id, body, engine_id, engine_stream, engine_counter, mac, decision, context)
SELECT e.id, e.ts, e.account_id, e.region, e.key_id, substring($9::bytea FROM e.body_at FOR e.body_length),
  $10::uuid, 'batch', e.counter, substring($11::bytea FROM e.mac_at FOR 32), e.decision::json, e.context::json
FROM unnest($12::int[], $13::uuid[], $14::timestamptz[], $15::text[], $16::text[], $17::text[], $18::int[], $19::int[],
    $20::bigint[], $21::int[], $22::text[], $23::text[])
  AS e (basis, id, ts, account_id, region, key_id, body_at, body_length, counter, mac_at, decision, context)
WHERE NOT EXISTS (SELECT FROM stale WHERE stale.basis = e.basis)
RETURNING id`

const basisKey = ({ accounts, keys }: Expectation) =>
  `${accounts.map(({ id, epoch }) => `${id} ${epoch}`)};${keys.map((key) => `${key.account} ${key.region} ${key.id} ${key.version}`)}`

/** The different bases of the entries, and the number of each entry's own. */
function basesOf(entries: readonly Entry[]): { bases: Expectation[]; numbers: number[] } {
  const known = new Map<string, number>()
  const bases: Expectation[] = []
  const numbers = entries.map(({ expect }) => {
    const key = basisKey(expect)
    const number = known.get(key) ?? bases.push(expect) - 1
    known.set(key, number)
    return number
  })
  return { bases, numbers }
}

function basisColumns(bases: readonly Expectation[]): unknown[] {
  const accounts = bases.flatMap((basis, number) => basis.accounts.map((account) => ({ number, ...account })))
  const keys = bases.flatMap((basis, number) => basis.keys.map((key) => ({ number, ...key })))
  return [
    accounts.map((account) => account.number),
    accounts.map((account) => account.id),
    accounts.map((account) => account.epoch),
    keys.map((key) => key.number),
    keys.map((key) => key.account),
    keys.map((key) => key.region),
    keys.map((key) => key.id),
    keys.map((key) => key.version),
  ]
}

/** Where each piece begins in the whole, counted from 1 as SQL does. */
function starts(lengths: readonly number[]): number[] {
  let at = 1
  return lengths.map((length) => {
    const start = at
    at += length
    return start
  })
}

type Numbered = {
  entries: readonly Entry[]
  counters: readonly number[]
  engineId: string
  macKey: KeyObject
}

/** The parameters of BATCH_SQL: `counters` has one number for each row, in order. */
export function batchValues({ entries, counters, engineId, macKey }: Numbered): unknown[] {
  const { bases, numbers } = basesOf(entries)
  const basisOf = entries.flatMap((entry, index) => entry.rows.map(() => numbers[index]))
  const rows = entries.flatMap((entry) => entry.rows)
  const macs = rows.map((row, index) =>
    eventMac(macKey, row, { engineId, stream: 'batch', counter: counters[index] ?? 0 }),
  )
  const lengths = rows.map((row) => row.body.length)
  return [
    ...basisColumns(bases),
    Buffer.concat(rows.map((row) => row.body)),
    engineId,
    Buffer.concat(macs),
    basisOf,
    rows.map((row) => row.id),
    rows.map((row) => row.ts.toISOString()),
    rows.map((row) => row.accountId),
    rows.map((row) => row.region),
    rows.map((row) => row.keyId),
    starts(lengths),
    lengths,
    counters,
    starts(rows.map(() => 32)),
    rows.map((row) => row.decision),
    rows.map((row) => row.context),
  ]
}

/** How the log stands: its head, what was signed and verified, what was found, and which of these matters most. */
import type { DeliveryView, FindingKind, LogKeyView, LogState, LogStateName } from '../../domain/evidence.ts'
import { checkpointView } from '../tree/checkpoint-view.ts'
import { type Checkpoint, type LogHead, newestCheckpoint, readHead } from '../tree/checkpoints.ts'
import type { Sql } from '../write/change.ts'
import { type DeliveryRow, readDeliveries } from './deliveries.ts'
import { findingView, listFindings, openKinds } from './findings.ts'
import { isBehind } from './required-sinks.ts'

/** New leaves are verified within seconds; so many may wait for it before one can speak of verifying. */
const MOST_WAITING = 20_000
const SILENT_AFTER_MS = 5 * 60_000
const UNSIGNED_AFTER_MS = 2 * 60_000

export type LogStateParts = {
  /** Of the reader's role. */
  readonly sql: Sql
  readonly origin: string
  readonly keys: readonly LogKeyView[]
  /** Names of the places that are told of checkpoints. */
  readonly sinks: readonly string[]
  readonly readOnly: string | null
  readonly rolesSeparated: boolean
  readonly keepDays: number | null
  readonly now: Date
}

type Verified = { readonly to: number; readonly at: Date }

async function readVerified(sql: Sql): Promise<Verified> {
  const [row] = await sql<{ to: string; at: Date }>(
    'SELECT verified::text AS to, at FROM audit.verification',
    [],
  )
  if (!row) throw new Error('the log has no verification row')
  return { to: Number(row.to), at: row.at }
}

async function readDays(sql: Sql): Promise<{ first: string | null; bundles: number }> {
  const [row] = await sql<{ first: string | null; bundles: number }>(
    `SELECT (SELECT to_char(to_date(min(substring(relname FROM 7)), 'YYYYMMDD'), 'YYYY-MM-DD') FROM pg_class
       WHERE relnamespace = 'audit'::regnamespace AND relkind = 'r' AND relname ~ '^event_[0-9]{8}$') AS first,
       (SELECT count(*)::int FROM audit.bundle WHERE removed_at IS NOT NULL) AS bundles`,
    [],
  )
  return { first: row?.first ?? null, bundles: row?.bundles ?? 0 }
}

const KINDS: readonly DeliveryView['Kind'][] = [
  'file',
  'http',
  'syslog',
  'witness',
  'events-http',
  'events-syslog',
  'digests',
  'archive',
]

/** A place's name begins with its kind. */
function deliveryView(row: DeliveryRow): DeliveryView[] {
  const kind = KINDS.find((one) => row.name === one || row.name.startsWith(`${one} `))
  if (!kind) return []
  return [
    {
      Name: row.name,
      Kind: kind,
      Delivered: row.delivered,
      DeliveredAt: row.deliveredAt,
      FailingSince: row.failingSince,
      Fault: row.fault,
    },
  ]
}

export type Standing = {
  readonly head: LogHead
  /** When the oldest event happened that no checkpoint has; null where all have one. */
  readonly unsignedSince: Date | null
  readonly verified: Verified
  readonly open: ReadonlySet<FindingKind>
  readonly behind: boolean
  readonly now: Date
}

/** Whether leaves have waited for their checkpoint for longer than a notary ever takes. */
const isUnsigned = ({ unsignedSince, now }: Standing): boolean =>
  unsignedSince !== null && now.getTime() - unsignedSince.getTime() > UNSIGNED_AFTER_MS

function isVerifying({ head, verified, now }: Standing): boolean {
  if (head.size === 0) return false
  const silent = now.getTime() - verified.at.getTime() > SILENT_AFTER_MS
  return silent || verified.to === 0 || head.size - verified.to > MOST_WAITING
}

/** The worst that is true. */
export function stateOf(standing: Standing): LogStateName {
  const is = (...kinds: FindingKind[]) => kinds.some((kind) => standing.open.has(kind))
  if (is('rollback')) return 'rollback'
  if (is('mismatch', 'mac', 'missing', 'unreadable', 'fork')) return 'mismatch'
  if (is('gap')) return 'gap'
  if (isUnsigned(standing)) return 'unsigned'
  if (standing.behind) return 'behind'
  return isVerifying(standing) ? 'verifying' : 'verified'
}

async function readUnsignedSince(sql: Sql, checkpoint: Checkpoint | undefined): Promise<Date | null> {
  const [row] = await sql<{ ts: Date }>('SELECT ts FROM audit.leaf WHERE index = $1::bigint', [
    checkpoint?.size ?? 0,
  ])
  return row?.ts ?? null
}

export async function readLogState(parts: LogStateParts): Promise<LogState> {
  const { sql, now } = parts
  const [head, checkpoint, verified, findings, open, deliveries, days] = await Promise.all([
    readHead(sql),
    newestCheckpoint(sql, parts.origin),
    readVerified(sql),
    listFindings(sql),
    openKinds(sql),
    readDeliveries(sql),
    readDays(sql),
  ])
  const unsignedSince = await readUnsignedSince(sql, checkpoint)
  const behind = isBehind(deliveries, parts.sinks, now)
  // Of places that are no longer told of checkpoints only what was delivered long ago remains.
  const told = deliveries.filter(
    ({ name }) => parts.sinks.includes(name) || !/^(file|http|syslog|witness) /.test(name),
  )
  return {
    State: stateOf({ head, unsignedSince, verified, open, behind, now }),
    Size: head.size,
    Root: head.root.toString('base64'),
    SequencedAt: head.sequencedAt,
    Checkpoint: checkpoint ? checkpointView(checkpoint) : null,
    VerifiedTo: Math.min(verified.to, head.size),
    VerifiedAt: verified.at,
    Findings: findings.map(findingView),
    Keys: parts.keys,
    Deliveries: told.flatMap(deliveryView),
    ReadOnly: parts.readOnly,
    KeepDays: parts.keepDays,
    FirstDay: days.first,
    Bundles: days.bundles,
    RolesSeparated: parts.rolesSeparated,
  }
}

/**
 * Makes a log of millions of events: real records with real MACs, placed in the tree and searched like any other. Only
 * their callers are made up. Written past the engine, because its clock would date them all today.
 */
import pg from 'pg'
import { type BuiltEvent, buildEvent, type EventFacts } from '#lib/audit/record/event.ts'
import { openRounds } from '#lib/audit/sequence/sequence-round.ts'
import { eventMac } from '#lib/audit/write/mac.ts'
import { uuidv4, uuidv7 } from '#lib/crypto/random.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import { keyArn } from '#lib/domain/arn.ts'

export type ManyEvents = {
  /** Of a login that may make partitions for days gone by. */
  readonly url: string
  readonly macKey: KeyObject
  readonly account: string
  readonly region: string
  /** Ids of keys that are used. */
  readonly keys: readonly string[]
  readonly count: number
  /** Spread evenly over so many days, up to now. */
  readonly days: number
  readonly progress: (made: number) => void
}

const AT_ONCE = 5000
const DAY_MS = 86_400_000

const OPERATIONS = [
  'Encrypt',
  'Decrypt',
  'Decrypt',
  'Decrypt',
  'GenerateDataKey',
  'DescribeKey',
  'ListKeys',
  'Sign',
] as const
const AGENTS = ['aws-cli/2.31.0', 'Boto3/1.40.1', 'aws-sdk-js/3.940.0', 'Terraform/1.11.0'] as const
const TENANTS = ['acme', 'globex', 'initech', 'umbrella', 'hooli'] as const

/** Numbers that look random and are the same each time. */
function numbers(): (below: number) => number {
  let state = 88_172_645
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

type Draw = (below: number) => number
const one = <T>(draw: Draw, of: readonly [T, ...T[]] | readonly T[]): T => of[draw(of.length)] as T // never empty here

function callerOf(draw: Draw, { account, region }: ManyEvents): EventFacts['caller'] {
  const number = draw(40)
  const name = `service-${number}`
  const arn = `arn:aws:iam::${account}:user/${name}`
  return {
    principal: { kind: 'user', partition: 'aws', account, id: `AIDABENCH${number}`, name, arn },
    credential: { kind: 'access-key', id: `AKIABENCH${number}` },
    channel: {
      via: 'wire',
      address: `10.0.${draw(8)}.${draw(50)}`,
      userAgent: one(draw, AGENTS),
      tls: undefined,
      host: 'kms.example.com',
      requestId: uuidv4(),
      invocationId: undefined,
      bodyHash: undefined,
    },
    region,
  }
}

const DENIED = {
  code: 'AccessDenied',
  message: 'is not authorized because no identity-based policy allows the action',
}
const DISABLED = { code: 'DisabledException', message: 'is disabled.' }

function factsOf(draw: Draw, at: Date, options: ManyEvents): EventFacts {
  const { account, region, keys } = options
  const keyId = one(draw, keys)
  const operationName = one(draw, OPERATIONS)
  const isRead = operationName === 'DescribeKey' || operationName === 'ListKeys'
  const luck = draw(100)
  const outcome = luck < 2 ? 'denied' : luck < 3 ? 'error' : 'ok'
  const place = { partition: 'aws', account, region } as const
  return {
    id: uuidv7(at.getTime()),
    at,
    caller: callerOf(draw, options),
    eventSource: 'kms.amazonaws.com',
    operationName,
    class: isRead ? 'read' : 'crypto',
    outcome,
    source: 'wire',
    readOnly: true,
    region,
    recipientAccount: account,
    request: { keyId, encryptionContext: { tenant: one(draw, TENANTS), order: String(draw(1000)) } },
    response: null,
    additional: { keyMaterialId: 'a'.repeat(64) },
    resources: [{ accountId: account, type: 'AWS::KMS::Key', arn: keyArn(place, keyId) }],
    keyId,
    aliasName: null,
    error: outcome === 'ok' ? null : outcome === 'denied' ? DENIED : DISABLED,
    durationMs: draw(20),
    decision: { decisions: [] },
    context: { 'aws:SourceIp': ['10.0.0.1'] },
  }
}

const INSERT_SQL = `
INSERT INTO audit.event (id, ts, account_id, region, key_id, body, engine_id, engine_stream, engine_counter, mac, decision, context)
SELECT id, ts, $1, $2, key_id, body, $3::uuid, 'batch', counter, mac, decision::json, context::json
FROM unnest($4::uuid[], $5::timestamptz[], $6::text[], $7::bytea[], $8::bigint[], $9::bytea[], $10::text[], $11::text[])
  AS e (id, ts, key_id, body, counter, mac, decision, context)`

async function insert(
  pool: pg.Pool,
  options: ManyEvents,
  of: { engineId: string; first: number; events: BuiltEvent[] },
) {
  const { engineId, first, events } = of
  const macs = events.map((event, offset) =>
    eventMac(options.macKey, event, { engineId, stream: 'batch', counter: first + offset }),
  )
  await pool.query(INSERT_SQL, [
    options.account,
    options.region,
    engineId,
    events.map(({ id }) => id),
    events.map(({ ts }) => ts.toISOString()),
    events.map(({ keyId }) => keyId),
    events.map(({ body }) => body),
    events.map((_, offset) => first + offset),
    macs,
    events.map(({ decision }) => decision),
    events.map(({ context }) => context),
  ])
}

/** Partitions for days gone by: as the log's owner, who alone may. */
async function makeDays(pool: pg.Pool, start: number, days: number): Promise<void> {
  const client = await pool.connect()
  const { rows } = await client.query<{ owner: string }>(
    `SELECT quote_ident(pg_get_userbyid(nspowner)) AS owner FROM pg_namespace WHERE nspname = 'audit'`,
  )
  await client.query(`SET ROLE ${rows[0]?.owner}`)
  for (let day = 0; day <= days; day++) {
    const at = new Date(start + day * DAY_MS).toISOString()
    await client.query('SELECT audit.make_day(($1::timestamptz)::date)', [at])
  }
  await client.query('RESET ROLE')
  client.release()
}

/** Writes them, oldest first. Every statement is durable late, not early: this is no record of anything. */
export async function makeManyEvents(options: ManyEvents): Promise<void> {
  const { url, count, days, macKey } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    options: '-c synchronous_commit=off -c TimeZone=UTC',
  })
  pool.on('error', () => undefined)
  const draw = numbers()
  const engineId = uuidv4()
  const until = Date.now()
  const start = until - days * DAY_MS
  const rounds = openRounds({
    pool,
    macKey,
    atOnce: AT_ONCE,
    fault: (message, cause) => {
      throw new Error(message, { cause })
    },
  })
  await makeDays(pool, start, days)
  for (let made = 0; made < count; made += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - made)
    const at = (offset: number) => new Date(start + ((made + offset) / count) * days * DAY_MS)
    const events = Array.from({ length: size }, (_, offset) => buildEvent(factsOf(draw, at(offset), options)))
    await insert(pool, options, { engineId, first: made + 1, events })
    await rounds.run({ backMs: Date.now() - at(0).getTime() + 1000 })
    options.progress(made + size)
  }
  await pool.query('ANALYZE audit.entry, audit.event, audit.leaf, audit.minute, audit.hour, audit.usage')
  await pool.end()
}

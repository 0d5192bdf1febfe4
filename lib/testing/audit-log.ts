/** A database of its own with two accounts and their keys, and events to put into it: for tests of the log alone. */
import pg from 'pg'
import { inject } from 'vitest'
import { type BuiltEvent, buildEvent, type EventFacts } from '#lib/audit/record/event.ts'
import { openAuditPool } from '#lib/audit/write/pool.ts'
import { type AuditWriter, openAuditWriter } from '#lib/audit/write/writer.ts'
import { uuidv4, uuidv7 } from '#lib/crypto/random.ts'
import { generateSecretKey } from '#lib/crypto/secret-key.ts'
import { keyArn } from '#lib/domain/arn.ts'
import type { Caller } from '#lib/domain/caller.ts'

export const ACCOUNT = '111122223333'
export const OTHER = '444455556666'
export const REGION = 'eu-west-1'
export const KEY = '3f81c2d4-0000-4000-8000-000000000001'
export const KEY_2 = '9a7be0c1-0000-4000-8000-000000000002'
export const place = { partition: 'aws', region: REGION, account: ACCOUNT }
export const NOTHING = { accounts: [], keys: [] }

export function caller(name: string, account = ACCOUNT): Caller {
  const arn = `arn:aws:iam::${account}:user/${name}`
  return {
    principal: { kind: 'user', partition: 'aws', account, id: `AIDA${name.toUpperCase()}`, name, arn },
    credential: { kind: 'access-key', id: `AKIA${name.toUpperCase()}` },
    channel: {
      via: 'wire',
      address: '192.0.2.7',
      userAgent: 'aws-cli/2.31.0',
      tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' },
      host: 'kms.example.com',
      requestId: uuidv4(),
      invocationId: undefined,
      bodyHash: undefined,
    },
    region: REGION,
  }
}

export const keyResource = (id: string, account = ACCOUNT) => ({
  accountId: account,
  type: 'AWS::KMS::Key',
  arn: keyArn({ ...place, account }, id),
})

/** An allowed Encrypt by alice, but for what is given. */
export function facts(some: Partial<EventFacts> = {}): EventFacts {
  const at = some.at ?? new Date()
  const who = some.caller ?? caller('alice')
  return {
    id: uuidv7(at.getTime()),
    at,
    caller: who,
    eventSource: 'kms.amazonaws.com',
    operationName: 'Encrypt',
    class: 'crypto',
    outcome: 'ok',
    source: 'wire',
    readOnly: true,
    region: REGION,
    recipientAccount: 'kind' in who ? who.account : who.principal.account,
    request: { keyId: KEY, encryptionContext: { tenant: 'acme' } },
    response: null,
    resources: [keyResource(KEY)],
    keyId: KEY,
    aliasName: null,
    error: null,
    decision: { decisions: [] },
    context: { 'aws:SourceIp': ['192.0.2.7'] },
    ...some,
  }
}

export const event = (some: Partial<EventFacts> = {}): BuiltEvent => buildEvent(facts(some))

export type TestLog = {
  readonly url: string
  /** The same database as one of the roles logs in to it. */
  readonly urlOf: (role: 'engine' | 'sequencer' | 'reader') => string
  readonly pool: pg.Pool
  readonly macKey: ReturnType<typeof generateSecretKey>['key']
  readonly sql: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
  /** A writer of its own engine; closed with the log. */
  readonly writer: () => AuditWriter & { engineId: string; pool: pg.Pool }
  readonly close: () => Promise<void>
}

async function asAdmin(text: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query(text)
  await admin.end()
}

const ROWS_SQL = `
INSERT INTO keyhouse.account (id, alias, regions) VALUES ('${ACCOUNT}', 'acme', '{${REGION}}'), ('${OTHER}', NULL, '{${REGION}}');
INSERT INTO keyhouse.policy_document (hash, body) VALUES (sha256('{}'::bytea), '{}');
INSERT INTO keyhouse.key (account_id, region, id, spec, usage, origin, state, policy_hash, created_by, row_mac)
SELECT account_id, '${REGION}', id, 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_KMS', 'Enabled', sha256('{}'::bytea), 'root',
  decode(repeat('00', 32), 'hex')
FROM (VALUES ('${ACCOUNT}', '${KEY}'), ('${ACCOUNT}', '${KEY_2}'), ('${OTHER}', '${KEY_2}')) AS k (account_id, id);
INSERT INTO keyhouse.alias (account_id, region, name, key_id, row_mac)
VALUES ('${ACCOUNT}', '${REGION}', 'alias/payments', '${KEY}', decode(repeat('00', 32), 'hex'));`

/** Clones the migrated template; or the database of another log as it is now, which ends every connection to that one. */
export async function openTestLog(like?: TestLog): Promise<TestLog> {
  const name = `audit_${uuidv4().replaceAll('-', '')}`
  const original = like ? new URL(like.url).pathname.slice(1) : inject('templateDatabase')
  if (like)
    await asAdmin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${original}'`)
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${original}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  const pool = new pg.Pool({ connectionString: url.href, max: 6 })
  pool.on('error', () => undefined)
  if (!like) await pool.query(ROWS_SQL)
  const macKey = like?.macKey ?? generateSecretKey().key
  const open: { writer: AuditWriter; pool: pg.Pool }[] = []
  return {
    url: url.href,
    urlOf(role) {
      const roleUrl = new URL(inject('roleUrls')[role])
      roleUrl.pathname = url.pathname
      return roleUrl.href
    },
    pool,
    macKey,
    sql: async (text, values = []) => (await pool.query(text, [...values])).rows,
    writer() {
      const own = openAuditPool(url.href)
      const engineId = uuidv4()
      const writer = openAuditWriter({
        pool: own,
        macKey,
        engineId,
        now: Date.now,
        place: () => ({ account: ACCOUNT, region: REGION }),
      })
      open.push({ writer, pool: own })
      return { ...writer, engineId, pool: own }
    },
    async close() {
      for (const { writer, pool: own } of open) {
        await writer.close()
        await own.end()
      }
      await pool.end()
      await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

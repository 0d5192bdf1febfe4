/**
 * The world that tests live in: a database of their own, a real engine on it, and people who are who they say.
 *
 *   alice  may administer keys          bob    may use them
 *   carol  reads the log                stranger  has no policy at all
 *   admin  may do everything            outsider  may do everything, in another account
 *                                       liu       may do everything, in an account of the partition aws-cn
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { cloudtrailOperations } from '#lib/cloudtrail/lookup-events.ts'
import { partitionOf } from '#lib/domain/arn.ts'
import type { Caller, Principal } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { type Engine, openEngine } from '#lib/engine/engine.ts'
import type { AnyOperation } from '#lib/engine/operation.ts'
import { createAccessKey, draftAccessKey } from '#lib/iam/create-access-key.ts'
import { createAccount } from '#lib/iam/create-account.ts'
import { createUser, draftUser } from '#lib/iam/create-user.ts'
import { iamOperations } from '#lib/iam/operations.ts'
import { stsOperations } from '#lib/iam/sts-operations.ts'
import { insightOperations } from '#lib/insight/operations.ts'
import { openDueWork } from '#lib/jobs/due-work.ts'
import { kmsOperations } from '#lib/kms/operations.ts'
import { createFileRootKey } from '#lib/rootkey/file.ts'
import type { RootKey } from '#lib/rootkey/root-key.ts'
import { cloneDatabase, urlsByRole } from './clone-database.ts'

export const ACCOUNT = '111122223333'
export const OTHER_ACCOUNT = '444455556666'
export const CHINESE_ACCOUNT = '777788889999'
export const REGION = 'eu-west-1'
export const OTHER_REGION = 'us-east-1'
export const CHINESE_REGION = 'cn-north-1'

const allow = (...actions: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] })

const POLICIES: Record<string, string[]> = {
  admin: [allow('*')],
  alice: [
    allow(
      'kms:CreateKey',
      'kms:CreateAlias',
      'kms:DeleteAlias',
      'kms:UpdateAlias',
      'kms:ListKeys',
      'kms:ListAliases',
      'kms:TagResource',
    ),
  ],
  bob: [allow('kms:ListKeys', 'kms:ListAliases')],
  carol: [allow('kms:ListKeys', 'kms:ListAliases', 'cloudtrail:LookupEvents')],
  stranger: [],
  outsider: [allow('*')],
  liu: [allow('*')],
}

const HOMES: Record<string, { account: string; region: string }> = {
  outsider: { account: OTHER_ACCOUNT, region: REGION },
  liu: { account: CHINESE_ACCOUNT, region: CHINESE_REGION },
}
const homeOf = (name: string) => HOMES[name] ?? { account: ACCOUNT, region: REGION }

export type PersonName = keyof typeof POLICIES & string

export type AccessKey = { readonly id: string; readonly secret: string }

export type Person = {
  readonly principal: Principal
  readonly accessKey: AccessKey
  readonly caller: Caller
  /** Calls an operation; members as on the wire, blobs in base64. Gives the answer's members. */
  readonly call: (operation: string, input?: object, channel?: Partial<Caller['channel']>) => Promise<Answer>
  /** Calls an operation that must be refused; gives the refusal. */
  readonly refusal: (operation: string, input?: object) => Promise<KmsError>
}

/** An answer as a test reads it: members by AWS's names. */
// biome-ignore lint/suspicious/noExplicitAny: tests read members of any operation's answer
export type Answer = Record<string, any>

export type World = {
  readonly engine: Engine
  readonly databaseUrl: string
  readonly rootKey: RootKey
  /** Someone, calling in their home Region unless another is named. */
  readonly as: (name: string, region?: string) => Person
  /** Someone whom a test made itself, calling in a Region of the world's first account. */
  readonly being: (who: Pick<Person, 'principal' | 'accessKey'>) => Person
  /** The newest event, after the sequencer caught up. */
  readonly lastEvent: () => Promise<{ record: Answer; decision: Answer | null; context: Answer | null }>
  /** The records of the events of one operation, oldest first. */
  readonly events: (name: string) => Promise<Answer[]>
  /** Moves the installation's clock forward and does the work that is due then. */
  readonly advance: (by: { days?: number; hours?: number; seconds?: number }) => Promise<void>
  readonly sql: (text: string, values?: unknown[]) => Promise<Answer[]>
  /** A second engine on the same database. */
  readonly another: () => Promise<Engine>
  readonly close: () => Promise<void>
}

export const allOperations: readonly AnyOperation[] = [
  ...kmsOperations,
  ...stsOperations,
  ...iamOperations,
  ...cloudtrailOperations,
  ...insightOperations,
]

/** Also by service and name, where two services have one of a name: IAM.GetPolicyVersion. */
const byName = new Map(
  allOperations.flatMap((operation): [string, AnyOperation][] => [
    [`${operation.service}.${operation.name}`, operation],
    [operation.name, operation],
  ]),
)

const HOME_REGIONS = [REGION, OTHER_REGION]

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

const startEngine = (url: string, rootKey: RootKey) =>
  openEngine({
    ...urlsByRole(url),
    rootKey,
    installation: {
      version: 'test',
      endpoint: 'http://127.0.0.1:4566',
      consoleUrl: 'http://127.0.0.1:3000',
      rolesSeparated: false,
    },
    log: quiet,
  })

async function makePeople(
  engine: Engine,
): Promise<Map<string, { principal: Principal; accessKey: AccessKey }>> {
  const { database, domainKeys } = engine.services
  const people = new Map<string, { principal: Principal; accessKey: AccessKey }>()
  const accounts = {
    [ACCOUNT]: HOME_REGIONS,
    [OTHER_ACCOUNT]: HOME_REGIONS,
    [CHINESE_ACCOUNT]: [CHINESE_REGION],
  }
  for (const [id, regions] of Object.entries(accounts)) {
    await database.transaction((rows) => createAccount(rows, { id, alias: null, regions, sample: false }))
  }
  for (const [name, documents] of Object.entries(POLICIES)) {
    const { account, region } = homeOf(name)
    const partition = partitionOf(region)
    const policies = documents.map((document, index) => ({ name: `policy-${index}`, document }))
    const user = await draftUser({ account, name, password: undefined, policies })
    const key = await draftAccessKey(domainKeys, { account, principal: user.principal.id })
    await database.transaction(async (rows) => {
      await createUser(rows, user)
      await createAccessKey(rows, key)
    })
    const arn = `arn:${partition}:iam::${account}:user/${name}`
    const principal: Principal = { kind: 'user', partition, account, id: user.principal.id, name, arn }
    people.set(name, { principal, accessKey: key.pair })
  }
  const root: Principal = {
    kind: 'root',
    partition: 'aws',
    account: ACCOUNT,
    id: ACCOUNT,
    name: 'root',
    arn: `arn:aws:iam::${ACCOUNT}:root`,
  }
  const rootKey = await draftAccessKey(domainKeys, { account: ACCOUNT, principal: ACCOUNT })
  await database.transaction((rows) => createAccessKey(rows, rootKey))
  people.set('root', { principal: root, accessKey: rootKey.pair })
  return people
}

function personOf(
  engine: Engine,
  who: { principal: Principal; accessKey: AccessKey },
  region: string,
): Person {
  const caller = (channel: Partial<Caller['channel']> = {}): Caller => ({
    principal: who.principal,
    credential: { kind: 'access-key', id: who.accessKey.id },
    region,
    channel: {
      via: 'wire',
      address: '192.0.2.7',
      userAgent: 'world',
      tls: undefined,
      host: '127.0.0.1:4566',
      requestId: randomUUID(),
      invocationId: undefined,
      bodyHash: undefined,
      ...channel,
    },
  })
  const call: Person['call'] = async (name, input = {}, channel) => {
    const operation = byName.get(name)
    if (!operation) throw new Error(`there is no operation ${name}`)
    return ((await engine.invoke(caller(channel), operation, input)).output ?? {}) as Answer
  }
  return {
    ...who,
    caller: caller(),
    call,
    async refusal(name, input) {
      try {
        await call(name, input)
      } catch (thrown) {
        if (thrown instanceof KmsError) return thrown
        throw thrown
      }
      throw new Error(`${name} was not refused`)
    },
  }
}

const raise = (message: string, cause: unknown) => {
  throw new Error(message, { cause })
}

/** Opens a world. Close it in afterAll. */
export async function openWorld(): Promise<World> {
  const { url, drop } = await cloneDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'world-'))
  const rootKey = await createFileRootKey(join(folder, 'root.key'))
  const engine = await startEngine(url, rootKey)
  openDueWork({ services: engine.services, writer: engine.writer, engineId: engine.id, fault: raise })
  const engines = [engine]
  const people = await makePeople(engine)
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  // Dropping the database ends connections that are idle or on their way out.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return {
    engine,
    databaseUrl: url,
    rootKey,
    as(name, region = homeOf(name).region) {
      const who = people.get(name)
      if (!who) throw new Error(`there is no ${name} in this world`)
      return personOf(engine, who, region)
    },
    being: (who) => personOf(engine, who, REGION),
    async lastEvent() {
      const { rows } = await pool.query(
        `SELECT convert_from(body, 'UTF8')::json AS record, decision, context FROM audit.event ORDER BY ts DESC, id DESC LIMIT 1`,
      )
      return rows[0]
    },
    async events(name) {
      const { rows } = await pool.query(
        `SELECT convert_from(body, 'UTF8')::json AS record FROM audit.event
         WHERE convert_from(body, 'UTF8')::json ->> 'eventName' = $1 ORDER BY ts, id`,
        [name],
      )
      return rows.map((row) => row.record)
    },
    async advance({ days = 0, hours = 0, seconds = 0 }) {
      const by = ((days * 24 + hours) * 3600 + seconds) * 1000
      await pool.query(
        "UPDATE keyhouse.clock SET offset_ms = offset_ms + $1, seen_at = seen_at + $2 * interval '1 ms'",
        [by, by],
      )
      await engine.services.clock.refresh()
      await engine.services.dueWork.sweep()
    },
    sql: async (text, values = []) => (await pool.query(text, values)).rows,
    async another() {
      const more = await startEngine(url, rootKey)
      engines.push(more)
      return more
    },
    async close() {
      await pool.end()
      for (const open of engines) await open.close()
      await drop()
      await rm(folder, { recursive: true })
    },
  }
}

export const base64 = (text: string) => Buffer.from(text).toString('base64')

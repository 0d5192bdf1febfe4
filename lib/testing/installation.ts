/**
 * A whole installation in a temporary folder: its own Postgres that survives being killed, roles, root key, and the
 * engine as a process of its own, set up by a seed. For tests and benchmarks that need real processes.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { createFileRootKey } from '#lib/rootkey/file.ts'
import { type Running, startChild, stopChild } from '#lib/server/child.ts'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '#lib/server/embedded-postgres.ts'
import type { EngineReady, EngineSettings } from '#lib/server/engine-settings.ts'
import { claimInstallation } from '#lib/server/installation-key.ts'
import { postgresUser, reachableByAnyone } from '#lib/server/operating-user.ts'
import { copiedBinaries, installedBinaries } from '#lib/server/postgres-binaries.ts'
import { makePostgresHome } from '#lib/server/postgres-process.ts'
import { type PreparedDatabase, prepareDatabase } from '#lib/server/prepare-database.ts'
import { engineRecipe } from '#lib/server/recipes.ts'
import { newPassword } from '#lib/server/role-passwords.ts'

export const REGION = 'eu-west-1'
export const OTHER_REGION = 'us-east-1'
export const ACCOUNT = '111122223333'
export const ACCESS_KEY = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }

const SEED = {
  accounts: [
    {
      id: ACCOUNT,
      regions: [REGION, OTHER_REGION],
      users: [
        {
          name: 'orders-service',
          accessKeys: [ACCESS_KEY],
          policies: [
            {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: ['kms:*', 'keyhouse:*'], Resource: '*' }],
            },
          ],
        },
      ],
    },
  ],
  keys: [],
}

export type InstallationOptions = { readonly clock?: 'real' | 'manual' }

export type EngineProcess = {
  readonly pid: number
  readonly port: number
  readonly running: Running
  readonly stop: () => Promise<void>
}

export type Installation = {
  readonly folder: string
  readonly database: PreparedDatabase
  readonly postgres: EmbeddedPostgres
  readonly rootKeyPath: string
  /** Makes the database ready again, after it was emptied. */
  readonly prepare: () => Promise<PreparedDatabase>
  /** Starts an engine and waits until it serves. Throws where it ends instead. `flags` are for Node itself. */
  readonly startEngine: (
    flags?: readonly string[],
    others?: Partial<EngineSettings>,
  ) => Promise<EngineProcess>
  /** Runs one statement as the database's superuser, on a connection of its own. */
  readonly sql: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>
  readonly close: () => Promise<void>
}

const SILENT = { info: () => {}, warn: () => {} }
const CHECKOUT = join(import.meta.dirname, '..', '..')

async function startDatabase(folder: string): Promise<EmbeddedPostgres> {
  const user = postgresUser()
  // Postgres may run as somebody else, who must be able to pass.
  chmodSync(folder, 0o711)
  const installed = installedBinaries()
  const binaries =
    user === undefined || reachableByAnyone(installed.postgres) ? installed : copiedBinaries(folder)
  const data = join(makePostgresHome(folder, user), 'data')
  const log = join(folder, 'postgres.log')
  return openEmbeddedPostgres({ binaries, data, user, password: newPassword(), log }, SILENT)
}

function settingsOf(
  folder: string,
  database: PreparedDatabase,
  { clock = 'real' }: InstallationOptions,
): EngineSettings {
  const seedPath = join(folder, 'seed.json')
  writeFileSync(seedPath, JSON.stringify({ ...SEED, clock }), { mode: 0o600 })
  return {
    version: 'test',
    rootKeyPath: join(folder, 'root.key'),
    engineUrl: database.engineUrl,
    sequencerUrl: database.sequencerUrl,
    readerUrl: database.readerUrl,
    rolesSeparated: database.separated,
    mayEmpty: database.mayEmpty,
    listen: { host: '127.0.0.1', port: 0 },
    endpoint: 'http://127.0.0.1',
    consoleUrl: 'http://127.0.0.1',
    desk: { path: join(folder, 'desk.sock') },
    channelSecret: newPassword(),
    seedPath,
    checkpoints: { folder: join(folder, 'checkpoints') },
    logLevel: 'silent',
    streams: {},
    auditFolders: {},
    prettyLog: false,
  }
}

async function startEngine(
  folder: string,
  settings: EngineSettings,
  flags: readonly string[],
): Promise<EngineProcess> {
  const recipe = engineRecipe({ checkout: CHECKOUT, home: folder }, settings)
  const [node, ...rest] = recipe.command
  const running = startChild({ ...recipe, command: [node, ...flags, ...rest] })
  const answer = await running.answer
  if (answer === undefined) throw new Error('the engine ended before it served')
  const ready: EngineReady = JSON.parse(answer)
  const stop = () => stopChild(running.process, recipe.patience)
  return { pid: running.pid, port: ready.port, running, stop }
}

/** Makes it; the engine is started by who wants one. Close it, and everything is gone. */
export async function openInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'keyhouse-installation-'))
  const postgres = await startDatabase(folder)
  const rootKeyPath = join(folder, 'root.key')
  const rootKey = await createFileRootKey(rootKeyPath)
  const migrationsFolder = join(CHECKOUT, 'prisma', 'migrations')
  /** What comes before an engine: for an empty database, and again where that was emptied. */
  const prepare = async () => {
    const prepared = await prepareDatabase({ url: postgres.url, rootKey, migrationsFolder, log: SILENT })
    const owner = new Client({ connectionString: postgres.url })
    await owner.connect()
    await claimInstallation(owner, rootKey)
    await owner.end()
    return prepared
  }
  const database = await prepare()
  const settings = settingsOf(folder, database, options)
  const engines: EngineProcess[] = []
  const sql: Installation['sql'] = async (text, values) => {
    const client = new Client({ connectionString: postgres.url })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text, values)).rows
    } finally {
      await client.end().catch(() => {})
    }
  }
  return {
    folder,
    database,
    postgres,
    rootKeyPath,
    prepare,
    sql,
    async startEngine(flags = [], others = {}) {
      const engine = await startEngine(folder, { ...settings, ...others }, flags)
      engines.push(engine)
      return engine
    },
    async close() {
      for (const engine of engines) await engine.stop()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

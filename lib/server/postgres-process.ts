/**
 * One Postgres server: make its data folder, start it, wait for it, stop it.
 * Which folder, and what to do about a server that is already there, is embedded-postgres.ts.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { OperatingUser } from './operating-user.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** The superuser of a database of ours. Only the preparation of the database uses it. */
export const SUPERUSER = 'keyhouse_bootstrap'

export type PostgresFolder = {
  readonly binaries: PostgresBinaries
  /** PGDATA; its parent must exist and belong to the user Postgres runs as. */
  readonly data: string
  readonly user: OperatingUser | undefined
  readonly password: string
  readonly log: string
}

// A key server's database keeps its promises: what a commit said is on the disk (R67).
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
  log_checkpoints: 'off',
  // Statements may hold secrets: an error is logged without the statement that caused it.
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
} as const

function runAs(folder: PostgresFolder): SpawnOptions {
  return {
    ...folder.user,
    cwd: dirname(folder.data),
    env: { NODE_ENV: 'production', LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
  }
}

/** Makes the data folder if there is none. A start that was cut short leaves only `data.init`, which is made anew. */
export async function initialise(folder: PostgresFolder): Promise<void> {
  if (existsSync(folder.data)) return
  const unfinished = `${folder.data}.init`
  const passwordFile = `${folder.data}.password`
  rmSync(unfinished, { recursive: true, force: true })
  writeFileSync(passwordFile, folder.password, { mode: 0o600 })
  try {
    if (folder.user) chownSync(passwordFile, folder.user.uid, folder.user.gid)
    await initdb(folder, unfinished, passwordFile)
    renameSync(unfinished, folder.data)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function initdb(folder: PostgresFolder, data: string, passwordFile: string): Promise<void> {
  const flags = [
    '-D',
    data,
    '-U',
    SUPERUSER,
    '-E',
    'UTF8',
    '--locale=C',
    '-A',
    'scram-sha-256',
    '--data-checksums',
  ]
  const child = spawn(folder.binaries.initdb, [...flags, `--pwfile=${passwordFile}`], {
    ...runAs(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr?.on('data', (text: Buffer) => {
    complaint += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`Postgres could not make its data folder ${data}: ${complaint.trim()}`)
}

/** A TCP port of the loopback interface that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1')
  return address.port
}

/** The URL of a database of this server, for its superuser. */
export function superuserUrl(folder: PostgresFolder, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${encodeURIComponent(folder.password)}@127.0.0.1:${port}/${database}`
}

/** Starts the server and returns once it answers. Throws with the end of its log where it does not. */
export async function startPostgres(
  folder: PostgresFolder,
  port: number,
  tuning: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const settings = Object.entries({ ...SETTINGS, port: String(port), ...tuning })
  const log = openSync(folder.log, 'a', 0o600)
  const child = spawn(
    folder.binaries.postgres,
    ['-D', folder.data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // Its own process group: a terminal's Ctrl-C is for the supervisor, which stops Postgres last.
    { ...runAs(folder), stdio: ['ignore', log, log], detached: true },
  )
  closeSync(log)
  await waitUntilReady(folder, port, child)
  return child
}

const START_TIMEOUT_MS = 120_000

async function waitUntilReady(folder: PostgresFolder, port: number, child: ChildProcess): Promise<void> {
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  for (let waited = 0; waited < START_TIMEOUT_MS; waited += 25) {
    if (failure || child.exitCode !== null) {
      throw new Error(`Postgres did not start; its log is ${folder.log}`, { cause: failure })
    }
    if (await answers(superuserUrl(folder, port, 'postgres'))) return
    await sleep(25)
  }
  child.kill('SIGINT')
  throw new Error(`Postgres did not answer in two minutes; its log is ${folder.log}`)
}

/** True where a server answers and accepts the login. */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  // A server that goes away while we ask is the answer "no", not a crash.
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Stops a server that we started: its "fast" shutdown, which waits for no client and loses nothing. */
export async function stopPostgres(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'exit')
  child.kill('SIGINT')
  await closed
}

/** The folder that holds PGDATA: made if missing, for the user Postgres runs as and nobody else. */
export function makePostgresHome(parent: string, user: OperatingUser | undefined): string {
  const home = join(parent, 'postgres')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  if (user) chownSync(home, user.uid, user.gid)
  return home
}

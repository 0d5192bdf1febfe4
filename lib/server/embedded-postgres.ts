/**
 * The database of an installation that brings none: started, adopted after a crash of ours, started again when it
 * dies, stopped last. A session that holds an advisory lock for as long as we live says that the server is ours;
 * who does not get it is the second instance, and leaves (R73).
 */
import type { ChildProcess } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import {
  answers,
  freePort,
  initialise,
  type PostgresFolder,
  startPostgres,
  stopPostgres,
  superuserUrl,
} from './postgres-process.ts'
import { commandLineOf, identityOf, isRunning, type ProcessIdentity } from './process-identity.ts'

/** Another supervisor serves this data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse'
}

export type EmbeddedPostgres = {
  /** The superuser's URL of Keyhouse's database. */
  readonly url: string
  /** The server's process. */
  pid(): number
  stop(): Promise<void>
}

export type EmbeddedLog = {
  readonly info: (message: string) => void
  readonly warn: (message: string) => void
}

const DATABASE = 'keyhouse'
const OWNERSHIP_LOCK = 72707368
const ATTEMPTS = 6

type Held = {
  readonly session: Client
  readonly pid: number
  readonly port: number
  readonly child?: ChildProcess
}

/** Opens the database in `folder`, made on first use. Throws DataFolderInUse where another instance has it. */
export async function openEmbeddedPostgres(
  folder: PostgresFolder,
  log: EmbeddedLog,
): Promise<EmbeddedPostgres> {
  await initialise(folder)
  let held = await take(folder, log, undefined)
  let stopping = false
  let recovery: Promise<void> = Promise.resolve()
  await createDatabase(held.session)
  const recover = async () => {
    log.warn('the database went away; starting it again')
    const again = await takeUntilItWorks(folder, log, { port: held.port, givenUp: () => stopping })
    if (!again) return
    held = again
    watch()
  }
  const watch = () => {
    held.session.once('end', () => {
      if (!stopping) recovery = recover()
    })
  }
  watch()
  return {
    url: superuserUrl(folder, held.port, DATABASE),
    pid: () => held.pid,
    stop: async () => {
      stopping = true
      // A server that is just being started again must not outlive us.
      await recovery
      await release(held)
    },
  }
}

async function takeUntilItWorks(
  folder: PostgresFolder,
  log: EmbeddedLog,
  // The same port: the engine's connections come back by themselves.
  until: { readonly port: number; readonly givenUp: () => boolean },
): Promise<Held | undefined> {
  for (let pause = 100; !until.givenUp(); pause = Math.min(pause * 2, 10_000)) {
    try {
      return await take(folder, log, until.port)
    } catch (error) {
      log.warn(`the database did not start: ${error instanceof Error ? error.message : String(error)}`)
      await sleep(pause)
    }
  }
  return undefined
}

/** Adopts the server that runs on this folder, or starts one. */
async function take(folder: PostgresFolder, log: EmbeddedLog, wantedPort: number | undefined): Promise<Held> {
  for (let attempt = 1; ; attempt += 1) {
    const running = await runningServer(folder)
    if (running) {
      const held = await hold(folder, running)
      log.info(`adopted the database that an earlier start left running (process ${running.pid})`)
      return held
    }
    const port = wantedPort ?? (await freePort())
    try {
      const child = await startPostgres(folder, port)
      return { ...(await hold(folder, { pid: child.pid ?? 0, port })), child }
    } catch (error) {
      // Backends of a killed server need a moment to leave, a free port can be taken by somebody faster,
      // and two instances can start at once: look again.
      if (attempt === ATTEMPTS || error instanceof DataFolderInUse) throw error
      await sleep(250 * attempt)
    }
  }
}

type PidFile = { readonly pid: number; readonly port: number }

function readPidFile(folder: PostgresFolder): PidFile | undefined {
  try {
    // postmaster.pid: process, data folder, start time, port, …
    const lines = readFileSync(join(folder.data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return undefined
  }
}

const SETTLE_MS = 60_000

/** The server that runs on this folder and answers; waits for one that is still starting or stopping. */
async function runningServer(folder: PostgresFolder): Promise<PidFile | undefined> {
  for (let waited = 0; waited < SETTLE_MS; waited += 100) {
    const file = readPidFile(folder)
    const identity = file && identityOf(file.pid)
    if (!file || !identity) return undefined
    if (!isServerOf(identity, folder)) {
      // The machine restarted and the number belongs to another program now. Postgres would refuse to start for
      // ever if that program runs as the same user, so this one case removes its file.
      rmSync(join(folder.data, 'postmaster.pid'), { force: true })
      return undefined
    }
    if (await answers(superuserUrl(folder, file.port, 'postgres'))) return file
    await sleep(100)
  }
  throw new Error(
    `A Postgres runs on ${folder.data} but does not accept our password; its log is ${folder.log}`,
  )
}

function isServerOf(identity: ProcessIdentity, folder: PostgresFolder): boolean {
  const command = commandLineOf(identity.pid)
  return command.includes('postgres') && command.includes(folder.data)
}

async function hold(folder: PostgresFolder, server: PidFile): Promise<Held> {
  const session = new Client({ connectionString: superuserUrl(folder, server.port, 'postgres') })
  // 'end' follows, and that is what is listened to.
  session.on('error', () => {})
  await session.connect()
  if (await tryToOwn(session)) return { session, ...server }
  await session.end()
  throw new DataFolderInUse(
    `Another Keyhouse is running on ${folder.data}. Stop it first, or set KEYHOUSE_HOME to another folder for a second one.`,
  )
}

// A supervisor that was killed a moment ago holds the lock until the server notices.
const NOTICE_MS = 5_000

async function tryToOwn(session: Client): Promise<boolean> {
  for (let waited = 0; waited <= NOTICE_MS; waited += 100) {
    const { rows } = await session.query('SELECT pg_try_advisory_lock($1) AS ours', [OWNERSHIP_LOCK])
    if (rows[0]?.ours) return true
    await sleep(100)
  }
  return false
}

async function createDatabase(session: Client): Promise<void> {
  const { rows } = await session.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
  if (rows.length === 0) await session.query(`CREATE DATABASE ${DATABASE}`)
}

async function release(held: Held): Promise<void> {
  const identity = identityOf(held.pid)
  if (held.child) return stopPostgres(held.child)
  if (!identity) return
  process.kill(identity.pid, 'SIGINT')
  while (isRunning(identity)) await sleep(25)
}

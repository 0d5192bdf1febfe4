import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { once } from '#lib/testing/scratch-database.ts'
import { DataFolderInUse, type EmbeddedPostgres, openEmbeddedPostgres } from './embedded-postgres.ts'
import { postgresUser, reachableByAnyone } from './operating-user.ts'
import { copiedBinaries, installedBinaries } from './postgres-binaries.ts'
import { makePostgresHome, type PostgresFolder } from './postgres-process.ts'
import { identityOf, isRunning } from './process-identity.ts'

const said: string[] = []
const log = {
  info: (message: string) => void said.push(message),
  warn: (message: string) => void said.push(message),
}

let parent = ''
let folder: PostgresFolder
const open: EmbeddedPostgres[] = []

beforeEach(() => {
  said.length = 0
  parent = mkdtempSync(join(tmpdir(), 'keyhouse embedded '))
  const user = postgresUser()
  if (user) chmodSync(parent, 0o711)
  const installed = installedBinaries()
  const binaries = user && !reachableByAnyone(installed.postgres) ? copiedBinaries(parent) : installed
  const data = join(makePostgresHome(parent, user), 'data')
  folder = { binaries, data, user, password: 'a password', log: join(parent, 'postgres.log') }
})
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop()
  rmSync(parent, { recursive: true, force: true })
})

const start = async () => {
  const server = await openEmbeddedPostgres(folder, log)
  open.push(server)
  return server
}

/** Asks until the server answers again. */
const eventually = async (url: string, text: string) => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(url, text)
    } catch (error) {
      if (attempt > 200) throw error
      await sleep(100)
    }
  }
}

/** A supervisor that can be killed: another process that opens the same folder and says so. */
const elsewhere = (): Promise<ChildProcess> => {
  const program = `
    import { openEmbeddedPostgres } from '${import.meta.dirname}/embedded-postgres.ts'
    const quiet = { info() {}, warn() {} }
    try { await openEmbeddedPostgres(${JSON.stringify(folder)}, quiet); console.log('open') }
    catch (error) { console.log(error.name); process.exit(3) }`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve) => child.stdout?.once('data', () => resolve(child)))
}

describe('the embedded database', () => {
  it('keeps what it is told over a stop and a start, in a path with spaces', async () => {
    const first = await start()
    await once(first.url, "CREATE TABLE kept AS SELECT 'yes' AS kept")
    await first.stop()
    const second = await start()
    expect(await once(second.url, 'SELECT kept FROM kept')).toEqual([{ kept: 'yes' }])
    expect(await once(second.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
    expect(await once(second.url, 'SHOW data_checksums')).toEqual([{ data_checksums: 'on' }])
  })

  it('lets nobody in without the password', async () => {
    const { url } = await start()
    await expect(once(url.replace('a%20password', 'another'), 'SELECT 1')).rejects.toThrow(
      'password authentication',
    )
  })

  it('starts again on the same port when it is killed, and loses nothing', async () => {
    const { url, pid } = await start()
    await once(url, "CREATE TABLE kept AS SELECT 'yes' AS kept")
    process.kill(pid(), 'SIGKILL')
    expect(await eventually(url, 'SELECT kept FROM kept')).toEqual([{ kept: 'yes' }])
    expect(said.join()).toContain('the database went away')
  })

  it('refuses a second instance on the same folder, and serves the first', async () => {
    const { url } = await start()
    await expect(openEmbeddedPostgres(folder, log)).rejects.toThrow(DataFolderInUse)
    expect(await once(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('is adopted when whoever started it was killed', async () => {
    const supervisor = await elsewhere()
    supervisor.kill('SIGKILL')
    const { url } = await start()
    expect(await once(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(said.join()).toContain('adopted the database')
  })

  it('is stopped by who adopted it', async () => {
    const supervisor = await elsewhere()
    supervisor.kill('SIGKILL')
    const server = await start()
    const identity = identityOf(server.pid())
    await server.stop()
    expect(identity && isRunning(identity)).toBe(false)
  })

  it('starts after the machine went down, when its number belongs to another program', async () => {
    await (await start()).stop()
    const pidFile = join(folder.data, 'postmaster.pid')
    writeFileSync(pidFile, `${process.pid}\n${folder.data}\n1\n1\n\n127.0.0.1\n`)
    const { url } = await start()
    expect(await once(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('is made anew when making it was cut short', async () => {
    const unfinished = `${folder.data}.init`
    writeFileSync(unfinished, 'half')
    const { url } = await start()
    expect(await once(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(existsSync(unfinished)).toBe(false)
  })

  it.runIf(process.platform === 'linux')('never runs as root', async () => {
    const { pid } = await start()
    const status = process.platform === 'linux' ? readFileSync(`/proc/${pid()}/status`, 'utf8') : ''
    expect(status).not.toMatch(/^Uid:\s+0\b/m)
  })
})

/**
 * A real installation for the stories: the supervisor as `npm start` runs it, in a folder and on ports of its own.
 * It is not set up; the first story does that.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const CHECKOUT = resolve(import.meta.dirname, '..')
const START_WITHIN = 120_000

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}

/** Waits for the set-up link among what the supervisor prints. */
function setupLink(child: ChildProcess): Promise<string> {
  const { promise, resolve: found, reject } = Promise.withResolvers<string>()
  let said = ''
  const listen = (text: Buffer) => {
    said += text.toString()
    const link = /https?:\/\/\S+\/first-run#\S+/.exec(said)
    if (link) found(link[0])
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  child.once('exit', (code) => reject(new Error(`the installation ended with ${code}:\n${said}`)))
  setTimeout(() => reject(new Error(`the installation did not start:\n${said}`)), START_WITHIN).unref()
  return promise
}

export default async function startInstallation() {
  const home = mkdtempSync(join(tmpdir(), 'keyhouse e2e '))
  const [enginePort, consolePort] = [await freePort(), await freePort()]
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    KEYHOUSE_HOME: home,
    KEYHOUSE_ENGINE_LISTEN: `127.0.0.1:${enginePort}`,
    KEYHOUSE_CONSOLE_LISTEN: `127.0.0.1:${consolePort}`,
  } as const
  const supervisor = join(CHECKOUT, 'lib', 'server', 'supervisor.ts')
  const child = spawn(process.execPath, [supervisor], {
    cwd: CHECKOUT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  process.env.E2E_SETUP_LINK = await setupLink(child)
  process.env.E2E_CONSOLE = `http://127.0.0.1:${consolePort}`
  process.env.E2E_ENDPOINT = `http://127.0.0.1:${enginePort}`
  process.env.E2E_STATE = join(home, 'e2e.json')
  process.env.E2E_HOME = home

  return async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    spawnSync(join(CHECKOUT, 'keyhouse'), ['uninstall', '--yes'], { cwd: CHECKOUT, env })
    rmSync(home, { recursive: true, force: true })
  }
}

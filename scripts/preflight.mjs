/** Before anything is installed: does this machine have what Keyhouse needs? One line each, with what to do. */
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { Fault, say } from './progress.mjs'
import { CHECKOUT, machineNpm } from './runtime.mjs'

const GB = 1024 ** 3
const ok = (text) => ({ good: true, text })
const bad = (text) => ({ good: false, text })
const gigabytes = (bytes) => `${(bytes / GB).toFixed(1)} GB`

function architecture() {
  const name = `${process.platform} ${process.arch}`
  const known = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64', 'win32 x64'].includes(name)
  if (known || process.env.DATABASE_URL) return ok(`machine    ${name}`)
  return bad(`machine    ${name} has no bundled Postgres: set DATABASE_URL to a Postgres 15 or newer`)
}

function glibc() {
  if (process.platform !== 'linux') return ok('C library  not asked on this system')
  const version = process.report?.getReport().header.glibcVersionRuntime
  if (version) return ok(`C library  glibc ${version}`)
  return bad('C library  not glibc (Alpine?): use a Debian, Ubuntu, Fedora or similar machine or image')
}

function disk() {
  // Node before 18.15 cannot tell; npm will.
  if (!fs.statfsSync) return ok('disk       not asked')
  const { bavail, bsize } = fs.statfsSync(CHECKOUT)
  const free = bavail * bsize
  if (free >= 3 * GB) return ok(`disk       ${gigabytes(free)} free`)
  return bad(`disk       ${gigabytes(free)} free at ${CHECKOUT}, and 3 GB are needed: make room`)
}

/** What this machine, or the container around us, has. */
function memoryLimit() {
  try {
    const limit = Number(readFileSync('/sys/fs/cgroup/memory.max', 'utf8'))
    return Number.isFinite(limit) ? Math.min(limit, totalmem()) : totalmem()
  } catch {
    return totalmem()
  }
}

function memory() {
  const bytes = memoryLimit()
  // A machine sold with 2 GB shows a little less.
  if (bytes >= 1.8 * GB) return ok(`memory     ${gigabytes(bytes)}`)
  return bad(`memory     ${gigabytes(bytes)}, and 2 GB are needed to build the console`)
}

function home() {
  let folder = resolve(process.env.KEYHOUSE_HOME || resolve(CHECKOUT, '.keyhouse'))
  while (!existsSync(folder)) folder = dirname(folder)
  try {
    accessSync(folder, constants.W_OK)
    return ok(`folder     ${folder} can be written`)
  } catch {
    return bad(`folder     ${folder} cannot be written: set KEYHOUSE_HOME to one that can`)
  }
}

async function port(setting, usual) {
  const [, host, digits] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(process.env[setting] || usual) ?? []
  const free = host === undefined || (await canListen(host, Number(digits)))
  const where = process.env[setting] || usual
  if (free) return ok(`port       ${where} is free`)
  return bad(`port       ${where} is in use: stop what uses it, or set ${setting} to another`)
}

function canListen(host, number) {
  return new Promise((resolve) => {
    const server = createServer()
    // Other faults are explained by the supervisor, which knows more.
    server.once('error', (error) => resolve(error.code !== 'EADDRINUSE'))
    server.listen(number, host, () => server.close(() => resolve(true)))
  })
}

const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EAI_AGAIN|ECONNRESET|CERT/

function registry() {
  const args = [machineNpm(), 'ping', '--fetch-retries=0', '--fetch-timeout=15000', '--loglevel=error']
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 30_000 })
  const said = `${stdout}${stderr}`
  // A registry that answers anything, be it "no such page", is one that can be reached.
  const fault = UNREACHABLE.exec(said)
  if (!fault) return ok('registry   answers')
  return bad(
    `registry   npm cannot reach it (${fault[0]}): check the network, the proxy, npm config get registry`,
  )
}

/** Throws a Fault where something is missing; every line is printed before. */
export async function preflight() {
  say('Keyhouse looks at this machine:')
  const checks = [
    architecture,
    glibc,
    disk,
    memory,
    home,
    () => port('KEYHOUSE_ENGINE_LISTEN', '127.0.0.1:4566'),
    () => port('KEYHOUSE_CONSOLE_LISTEN', '127.0.0.1:3000'),
    registry,
  ]
  let missing = 0
  for (const check of checks) {
    const { good, text } = await check()
    say(`  ${good ? 'ok     ' : 'MISSING'} ${text}`)
    if (!good) missing += 1
  }
  if (missing > 0)
    throw new Fault('Nothing was installed. Put right what is missing above, then start again.')
}

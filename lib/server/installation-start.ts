/**
 * The start of one installation, step by step: database, preparation, engine, console. Each step that began is known
 * to the stop order before the next begins.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { randomBytes } from '#lib/crypto/random.ts'
import {
  endOf,
  hasEnded,
  type Kept,
  keepChild,
  type Recipe,
  type Running,
  startChild,
  stopChild,
} from './child.ts'
import type { Configuration } from './configuration.ts'
import { openConsole } from './console-place.ts'
import { openDatabaseSource } from './database-source.ts'
import type { EngineSettings } from './engine-settings.ts'
import { printAddress } from './listen-address.ts'
import type { OperatingUser } from './operating-user.ts'
import { openRuntimeFolder, type Places } from './places.ts'
import { freePort } from './postgres-process.ts'
import { consoleRecipe, developmentConsoleRecipe, engineRecipe, prepareRecipe } from './recipes.ts'
import { START_OVER_STATUS } from './start-over.ts'
import type { StopOrder } from './stop-order.ts'

export type Say = { readonly step: (message: string) => void; readonly warn: (message: string) => void }

export type StartOptions = {
  readonly checkout: string
  readonly version: string
  readonly configuration: Configuration
  readonly places: Places
  readonly say: Say
  readonly stop: StopOrder
  readonly development: boolean
}

/** Children and database say things while they work, warnings among them. */
const embeddedLog = (say: Say) => ({ info: say.step, warn: say.warn })

const prepared = z.object({
  engineUrl: z.string(),
  sequencerUrl: z.string(),
  readerUrl: z.string(),
  separated: z.boolean(),
  mayEmpty: z.boolean(),
})
export type Prepared = z.infer<typeof prepared> & {
  /** Empties a test installation, and prepares it as if it were new. */
  readonly startOver: () => Promise<void>
}

/** Starts the database and makes it ready. */
export async function startDatabase(options: StartOptions): Promise<Prepared> {
  const { configuration, places, say, stop } = options
  say.step(configuration.databaseUrl ? 'using the database that DATABASE_URL names' : 'starting the database')
  const source = await openDatabaseSource(configuration, places, embeddedLog(say))
  stop.add('the database', () => source.stop())
  stop.goOn()
  say.step('preparing the database: roles, migrations')
  return {
    ...(await prepare(options, source.url, false)),
    startOver: async () => void (await prepare(options, source.url, true)),
  }
}

async function prepare(options: StartOptions, url: string, startOver: boolean) {
  const { configuration, places, stop, checkout } = options
  stop.goOn()
  const recipe = prepareRecipe(
    { checkout, home: places.home },
    {
      url,
      migrateUrl: configuration.migrateUrl,
      rootKeyPath: places.rootKey,
      migrationsFolder: join(checkout, 'prisma', 'migrations'),
      startOver,
    },
  )
  const running = startChild(recipe)
  stop.add(recipe.name, () => stopChild(running.process, recipe.patience))
  return prepared.parse(JSON.parse(await answerOf(recipe, running)))
}

async function answerOf(recipe: Recipe, running: Running): Promise<string> {
  const answer = await running.answer
  if (answer === undefined) throw new Error(`The ${recipe.name} did not succeed; the lines above say why.`)
  return answer
}

export type Desk = {
  readonly address: EngineSettings['desk']
  readonly channelSecret: string
  readonly runtime?: string
}

/** Where console and engine meet, and the secret by which the engine knows the console. */
export async function openDesk(
  options: StartOptions,
  of: {
    readonly xdg: string | undefined
    readonly earlier: string | undefined
    readonly consoleUser: OperatingUser | undefined
  },
): Promise<Desk> {
  options.stop.goOn()
  const channelSecret = randomBytes(32).toString('base64url')
  const { channelSecret: file } = options.places
  rmSync(file, { force: true })
  writeFileSync(file, channelSecret, { mode: 0o600, flag: 'wx' })
  options.stop.add('the channel secret', () => rmSync(file, { force: true }))
  if (process.platform === 'win32') return { address: { port: await freePort() }, channelSecret }
  const runtime = openRuntimeFolder(options.places, {
    xdg: of.xdg,
    earlier: of.earlier,
    console: of.consoleUser,
  })
  options.stop.add('the runtime folder', () => rmSync(runtime, { recursive: true, force: true }))
  return { address: { path: join(runtime, 'desk.sock') }, channelSecret, runtime }
}

const engineReady = z.object({ ready: z.literal(true), port: z.int(), setupLink: z.string().optional() })
export type EngineReady = z.infer<typeof engineReady>

export type StartedEngine = { readonly kept: Kept; readonly ready: EngineReady; readonly endpoint: string }

/** Starts the engine and waits until it serves. `again` is told of every later start. */
export async function startEngine(
  options: StartOptions,
  of: { readonly prepared: Prepared; readonly desk: Desk; readonly again: (ready: EngineReady) => void },
): Promise<StartedEngine> {
  const { configuration, say, stop } = options
  stop.goOn()
  say.step('starting the engine')
  const endpoint = `${configuration.tls ? 'https' : 'http'}://${printAddress(configuration.engineListen)}`
  const recipe = engineRecipe(
    { checkout: options.checkout, home: options.places.home },
    engineSettingsOf(options, { ...of, endpoint }),
  )
  const running = startChild(recipe)
  stop.add('the engine', () => stopChild(running.process, recipe.patience))
  const ready = engineReady.parse(JSON.parse(await answerOf(recipe, running)))
  const kept = keepChild(recipe, running, {
    warn: say.warn,
    started: async (later) => {
      const answer = await later.answer
      if (answer) of.again(engineReady.parse(JSON.parse(answer)))
    },
    ended: (status) => startedOver(options, of.prepared, status),
  })
  stop.add('the engine', () => kept.stop())
  return { kept, ready, endpoint }
}

/** What an engine that was asked to begin anew leaves to us. One that cannot be emptied goes on as it was. */
async function startedOver(
  { say }: StartOptions,
  prepared: Prepared,
  status: number | null,
): Promise<boolean> {
  if (status !== START_OVER_STATUS) return false
  say.step('emptying this test installation')
  await prepared.startOver().catch((error: unknown) => say.warn(String(error)))
  return true
}

function engineSettingsOf(
  { configuration, places, version }: StartOptions,
  of: { readonly prepared: Prepared; readonly desk: Desk; readonly endpoint: string },
): EngineSettings {
  const { separated, mayEmpty, engineUrl, sequencerUrl, readerUrl } = of.prepared
  return {
    version,
    rootKeyPath: places.rootKey,
    engineUrl,
    sequencerUrl,
    readerUrl,
    rolesSeparated: separated,
    mayEmpty,
    listen: configuration.engineListen,
    tls: configuration.tls,
    endpoint: of.endpoint,
    consoleUrl: configuration.consoleUrl,
    desk: of.desk.address,
    channelSecret: of.desk.channelSecret,
    seedPath: configuration.seed,
    nitroRootPath: configuration.nitroRoot,
    vpcEndpoint: configuration.vpcEndpoint,
    throttle: configuration.throttle,
    checkpoints: { folder: places.checkpoints, ...configuration.checkpoints },
    streams: configuration.streams,
    auditFolders: configuration.auditFolders,
    oidc: configuration.oidc,
    logLevel: configuration.logLevel,
    prettyLog: process.stdout.isTTY === true,
  }
}

/** Starts the console and waits until its port answers. */
export async function startConsole(
  options: StartOptions,
  of: {
    readonly desk: Desk
    readonly user: OperatingUser | undefined
    readonly again: (pid: number) => void
  },
): Promise<Kept> {
  const { configuration, places, say, stop, checkout } = options
  stop.goOn()
  say.step(options.development ? 'starting the console for development' : 'starting the console')
  const { address, channelSecret } = of.desk
  const deskSocket = 'path' in address ? address.path : `127.0.0.1:${address.port}`
  const facts = { configuration, deskSocket, channelSecret }
  const recipe = options.development
    ? developmentConsoleRecipe(checkout, facts)
    : consoleRecipe(openConsole(checkout, { state: places.state, user: of.user }), of.user, facts)
  const running = startChild(recipe)
  stop.add('the console', () => stopChild(running.process, recipe.patience))
  await untilItListens(running, configuration)
  const kept = keepChild(recipe, running, { warn: say.warn, started: (later) => of.again(later.pid) })
  stop.add('the console', () => kept.stop())
  return kept
}

const CONSOLE_TIMEOUT_MS = 60_000

async function untilItListens(running: Running, configuration: Configuration): Promise<void> {
  for (let waited = 0; waited < CONSOLE_TIMEOUT_MS; waited += 25) {
    if (hasEnded(running.process)) {
      throw new Error(`The console ended (${endOf(running.process)}); the lines above say why.`)
    }
    if (await accepts(configuration.consoleListen)) return
    await sleep(25)
  }
  throw new Error('The console did not answer within a minute.')
}

function accepts(address: { readonly host: string; readonly port: number }): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const everywhere = address.host === '0.0.0.0' || address.host === '::'
  const socket = createConnection(everywhere ? { port: address.port } : { ...address })
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}

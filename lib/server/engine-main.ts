/**
 * The engine's process. Started by the supervisor with its settings on descriptor 3; says on descriptor 4 that it
 * serves; ends on SIGTERM after what is under way. If it cannot start, its last line says why.
 */
import { readFileSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { serveAws } from '#lib/aws/listener.ts'
import { ChainError, rootsOf } from '#lib/crypto/certificate-chain.ts'
import { selfTest } from '#lib/crypto/self-test.ts'
import { closeWorkers } from '#lib/crypto/worker-pool.ts'
import { serveDesk } from '#lib/desk/desk.ts'
import type { SignInProvider } from '#lib/desk/parts.ts'
import { newSetupLink } from '#lib/desk/setup-link.ts'
import { type Engine, type Log, openEngine } from '#lib/engine/engine.ts'
import { openDueWork } from '#lib/jobs/due-work.ts'
import { openFileRootKey } from '#lib/rootkey/file.ts'
import { RootKeyError } from '#lib/rootkey/root-key.ts'
import { readSetupState } from '#lib/store/installation.ts'
import { openAuditFolders } from './audit-folders.ts'
import { ConfigurationError } from './configuration.ts'
import { wireDoor } from './engine-door.ts'
import { type EngineReady, type EngineSettings, engineSettings } from './engine-settings.ts'
import { openEventStreams } from './event-streams.ts'
import { openLog } from './log.ts'
import { operationNamed } from './operations.ts'
import { fetchOutside, fetchOwn } from './outside.ts'
import { applySeed } from './seed.ts'
import { SeedError } from './seed-text.ts'
import { START_OVER_STATUS } from './start-over.ts'
import { openSteadyClock } from './steady-clock.ts'

const SETTINGS_FD = 3
const READY_FD = 4

const tlsOf = (settings: EngineSettings) =>
  settings.tls && { cert: readFileSync(settings.tls.certificate), key: readFileSync(settings.tls.key) }

/** The configured root, which must be one before anything is believed on its word. */
function nitroRootOf({ nitroRootPath }: EngineSettings): string | undefined {
  if (nitroRootPath === undefined) return undefined
  const pem = readFileSync(nitroRootPath, 'utf8')
  try {
    rootsOf(pem)
    return pem
  } catch (thrown) {
    if (!(thrown instanceof ChainError)) throw thrown
    throw new ConfigurationError(
      `KEYHOUSE_NITRO_ROOT ${nitroRootPath} is not a PEM file of certificates: ${thrown.message}.`,
    )
  }
}

function signInProviderOf({ oidc }: EngineSettings): SignInProvider | undefined {
  if (!oidc) return undefined
  const { clientSecretPath, ...rest } = oidc
  const clientSecret = secretIn(clientSecretPath)
  if (clientSecret !== '') return { ...rest, clientSecret }
  throw new ConfigurationError(`KEYHOUSE_OIDC_CLIENT_SECRET_FILE ${clientSecretPath} is empty.`)
}

/** A line ending after the secret is the editor's. */
function secretIn(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (thrown) {
    const why = thrown instanceof Error ? Reflect.get(thrown, 'code') : thrown
    throw new ConfigurationError(`KEYHOUSE_OIDC_CLIENT_SECRET_FILE ${path} cannot be read: ${why}.`)
  }
}

/** What the operator named is asked wherever it is; what people name must be on the Internet. */
const fetchDocument =
  ({ oidc }: EngineSettings) =>
  (url: string) =>
    oidc && URL.parse(url)?.origin === new URL(oidc.issuer).origin ? fetchOwn(url) : fetchOutside(url)

function checkpointPlaces({ checkpoints: { folder, ...outside } }: EngineSettings) {
  return { ...outside, ...(folder && { file: { folder, host: hostname() } }) }
}

async function seed(engine: Engine, path: string, log: Log): Promise<void> {
  const outcome = await applySeed(engine, path)
  if (outcome.kind === 'ignored') log.warn({}, outcome.reason)
  if (outcome.kind === 'applied')
    log.info({ accounts: outcome.accounts, keys: outcome.keys }, 'the seed file was applied')
}

/** Nobody's keys are ever used without a record: only an installation whose clock is a test's may serve so. */
async function refuseUnlessTest({ services }: Engine): Promise<void> {
  const state = await readSetupState(services.database)
  if (state?.manualClock) return
  throw new ConfigurationError('Only a test installation can go without its audit log, for a benchmark.')
}

/** Starts everything in the order of its dependencies; gives how to stop it in the other. */
async function start(settings: EngineSettings) {
  // A process whose arithmetic is wrong must not touch a key (R27).
  selfTest()
  const log = openLog({ level: settings.logLevel, pretty: settings.prettyLog, name: 'engine' })
  const engine = await openEngine({
    engineUrl: settings.engineUrl,
    sequencerUrl: settings.sequencerUrl,
    readerUrl: settings.readerUrl,
    rootKey: await openFileRootKey(settings.rootKeyPath),
    installation: settings,
    throttle: settings.throttle,
    withoutAudit: settings.withoutAudit,
    // Only the supervisor can, and only a seed says what to begin with.
    startOver: settings.mayEmpty && settings.seedPath ? () => setImmediate(startOver) : undefined,
    nitroRoot: nitroRootOf(settings),
    checkpoints: checkpointPlaces(settings),
    fetchDocument: fetchDocument(settings),
    log,
  })
  const fault = (message: string, cause: unknown) => log.error({ cause: String(cause) }, message)
  if (settings.withoutAudit) await refuseUnlessTest(engine)
  await engine.writer.ready()
  // Before anything is written or signed: a database that is older than it was changes nothing.
  await engine.services.logWatch.mayContinue().catch((cause) => fault('the audit log is in doubt', cause))
  if (settings.seedPath) await seed(engine, settings.seedPath, log)
  engine.services.sequencer.start()
  engine.services.notary.start()
  engine.services.logWatch.start()
  engine.services.refused.start()
  const streams = openEventStreams({ settings, engine, fault })
  streams.start()
  const folders = openAuditFolders({ settings, engine, fault })
  folders.start()
  const dueWork = openDueWork({ ...engine, engineId: engine.id, fault, steady: openSteadyClock() })
  dueWork.start()
  const desk = await serveDesk(
    { ...engine, operation: operationNamed, log, signInProvider: signInProviderOf(settings) },
    { address: settings.desk, channelSecret: settings.channelSecret },
  )
  const tls = tlsOf(settings)
  const { listen, vpcEndpoint } = settings
  const wire = await serveAws(wireDoor(engine), {
    ...listen,
    ...(tls && { tls }),
    ...(vpcEndpoint && { vpcEndpoint }),
    log,
  })
  const link = await newSetupLink(engine.services)
  const ready: EngineReady = { ready: true, port: wire.address.port, ...(link && { setupLink: link.link }) }
  return {
    ready,
    async stop() {
      await wire.close()
      await desk.close()
      await dueWork.stop()
      await streams.stop()
      await folders.stop()
      await engine.close()
      await closeWorkers()
    },
  }
}

/** What keeps the engine from starting, in a sentence for the operator; a stack only for what nobody foresaw. */
function sayWhy(thrown: unknown): never {
  const foreseen =
    thrown instanceof SeedError ||
    thrown instanceof RootKeyError ||
    thrown instanceof ConfigurationError ||
    errnoOf(thrown) !== undefined
  const said =
    thrown instanceof Error ? (foreseen ? thrown.message : (thrown.stack ?? thrown.message)) : String(thrown)
  writeSync(2, `The engine cannot start: ${said}\n`)
  process.exit(1)
}

const errnoOf = (thrown: unknown): unknown =>
  thrown instanceof Error ? Reflect.get(thrown, 'syscall') : undefined

const running = await start(engineSettings.parse(JSON.parse(readFileSync(SETTINGS_FD, 'utf8')))).catch(sayWhy)

let stopping = false
function leave(status: number): void {
  if (stopping) return
  stopping = true
  void running.stop().then(() => process.exit(status))
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leave(0))

/** The supervisor does what this process has no right to. */
function startOver(): void {
  leave(START_OVER_STATUS)
}

writeSync(READY_FD, `${JSON.stringify(running.ready)}\n`)

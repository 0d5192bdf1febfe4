/**
 * `npm run bench`: the operations that programs call most through the real wire, with signatures, policies and a durable
 * event for each, beside the floor (floor.ts) in the same run. Prints a table; judges nothing.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { startChild, stopChild } from '#lib/server/child.ts'
import {
  ACCOUNT,
  type EngineProcess,
  type Installation,
  openInstallation,
  REGION,
} from '#lib/testing/installation.ts'
import type { FloorSettings } from './floor.ts'
import { guardedGrants, guardedPolicy } from './guarded-key.ts'
import { ask, CONNECTIONS, load, type Result } from './load.ts'
import {
  dataKeyInput,
  decryptInput,
  describeInput,
  encryptInput,
  GUARDED,
  macInput,
  type OperationName,
  SIGNERS,
  signedRequest,
  signInput,
} from './requests.ts'

/** An account that is not in the installation. */
const ELSEWHERE = '999988887777'

const REQUESTS = 512
const ROUNDS = 3
/** `npm run bench -- --seconds 5 --profile FOLDER`: how long a round is, and where Node's profile of the engine goes. */
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '2' }, profile: { type: 'string' } },
})
const ROUND_SECONDS = Number(options.seconds)
// V8 is not done with the engine before this.
const WARM_SECONDS = 4

type Server = { readonly pid: number; readonly port: number }

const numbers = Array.from({ length: REQUESTS }, (_, n) => n)

type Made = { readonly KeyMetadata?: { readonly KeyId: string; readonly AWSAccountId: string } }

async function makeKey(engine: EngineProcess, alias: string, input: object): Promise<string> {
  const made: Made = await ask(engine.port, signedRequest(engine.port, 'CreateKey', input))
  const key = made.KeyMetadata?.KeyId ?? ''
  const named = { AliasName: alias, TargetKeyId: key }
  await ask(engine.port, signedRequest(engine.port, 'CreateAlias', named)).catch((error: Error) => {
    // An answer without a body is no JSON.
    if (!(error instanceof SyntaxError)) throw error
  })
  return key
}

async function makeGuardedKey(engine: EngineProcess): Promise<void> {
  const KeyId = await makeKey(engine, GUARDED, { Policy: guardedPolicy(ACCOUNT) })
  for (const grant of guardedGrants(KeyId, ELSEWHERE))
    await ask(engine.port, signedRequest(engine.port, 'CreateGrant', grant))
}

async function makeKeys(engine: EngineProcess): Promise<void> {
  await makeKey(engine, 'alias/orders', {})
  await makeKey(engine, 'alias/mac', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })
  for (const [spec, { alias }] of Object.entries(SIGNERS))
    await makeKey(engine, alias, { KeySpec: spec, KeyUsage: 'SIGN_VERIFY' })
  await makeGuardedKey(engine)
}

/** An Encrypt that the engine recorded, as the floor will write it. */
async function sampleEvent({ sql, database }: Installation): Promise<FloorSettings> {
  const [row] = await sql(
    `SELECT e.account_id AS account, e.region, e.key_id AS "keyId", convert_from(e.body, 'UTF8') AS body,
       e.decision::text AS decision, e.context::text AS context, a.epoch::text AS epoch, k.row_version::text AS version
     FROM audit.event e JOIN keyhouse.account a ON a.id = e.account_id JOIN keyhouse.key k ON k.id = e.key_id
     ORDER BY e.ts DESC LIMIT 1`,
  )
  return { engineUrl: database.engineUrl, ...row } as FloorSettings // the statement names its members
}

async function startFloor(settings: FloorSettings, folder: string) {
  const running = startChild({
    name: 'floor',
    command: [process.execPath, join(import.meta.dirname, 'floor.ts')],
    folder: join(import.meta.dirname, '..'),
    environment: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
    handover: JSON.stringify(settings),
    patience: 1000,
  })
  const answer = await running.answer
  if (answer === undefined) throw new Error('the floor ended before it served')
  const port = Number(JSON.parse(answer).address.port)
  return { pid: running.pid, port, stop: () => stopChild(running.process, 1000) }
}

type Case = { readonly operation: OperationName; readonly inputs: (port: number) => Promise<object[]> }

const each = (operation: OperationName, input: (n: number) => object): Case => ({
  operation,
  inputs: async () => numbers.map(input),
})

async function ciphertexts(port: number): Promise<object[]> {
  const inputs: object[] = []
  for (const n of numbers) {
    const { CiphertextBlob = '' } = await ask(port, signedRequest(port, 'Encrypt', encryptInput(n)))
    inputs.push(decryptInput(CiphertextBlob))
  }
  return inputs
}

/** The same with thirty statements and fifty grants to judge. */
const GUARDED_ENCRYPT = 'Encrypt, guarded'

const CASES: Readonly<Record<string, Case>> = {
  Encrypt: each('Encrypt', (n) => encryptInput(n)),
  [GUARDED_ENCRYPT]: each('Encrypt', (n) => encryptInput(n, GUARDED)),
  Decrypt: { operation: 'Decrypt', inputs: ciphertexts },
  GenerateDataKey: each('GenerateDataKey', dataKeyInput),
  GenerateMac: each('GenerateMac', macInput),
  'Sign RSA_2048': each('Sign', signInput('RSA_2048')),
  'Sign P-256': each('Sign', signInput('ECC_NIST_P256')),
  'Sign ML_DSA_65': each('Sign', signInput('ML_DSA_65')),
  DescribeKey: each('DescribeKey', describeInput),
}

/** Measured without the audit log, too. */
const UNAUDITED = ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey']

const requestsFor = async (port: number, { operation, inputs }: Case): Promise<Buffer[]> =>
  (await inputs(port)).map((input) => signedRequest(port, operation, input))

type Measurement = Result & { readonly cpuSeconds: number }

type Summary = {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Processor time of a request, milliseconds: steadier than the rest on a machine that does other things too. */
  readonly cpu: number
}

function summary(results: readonly Measurement[]): Summary {
  const times = Float64Array.from(results.flatMap((result) => [...result.milliseconds])).sort()
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0)
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0
  const cpuSeconds = results.reduce((sum, result) => sum + result.cpuSeconds, 0)
  return {
    perSecond: times.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    cpu: (1000 * cpuSeconds) / times.length,
  }
}

/** Processor time that a process has used, in seconds; 0 where there is no /proc. */
function cpuSeconds(pid: number): number {
  try {
    // After the name in brackets: state is the first field, user and system time the 12th and 13th, in hundredths.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

async function measured(server: Server, requests: readonly Buffer[], seconds: number): Promise<Measurement> {
  const before = cpuSeconds(server.pid)
  const result = await load(server.port, requests, seconds)
  return { ...result, cpuSeconds: cpuSeconds(server.pid) - before }
}

/** Rounds of the one and the other in turn, so that whatever else the machine does slows both. */
async function measure(operation: Case, servers: { engine: Server; floor: Server }) {
  const requests = {
    engine: await requestsFor(servers.engine.port, operation),
    floor: await requestsFor(servers.floor.port, operation),
  }
  const results = { engine: [] as Measurement[], floor: [] as Measurement[] }
  for (const who of ['engine', 'floor'] as const) await load(servers[who].port, requests[who], WARM_SECONDS)
  for (let round = 0; round < ROUNDS; round++) {
    for (const who of ['engine', 'floor'] as const) {
      results[who].push(await measured(servers[who], requests[who], ROUND_SECONDS))
    }
  }
  return { engine: summary(results.engine), floor: summary(results.floor) }
}

/** VmRSS and VmHWM of a process in MB; only where there is /proc. */
function residentMemory(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const megabytes = (name: string) =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024)
    return `${megabytes('VmRSS')} MB now, ${megabytes('VmHWM')} MB at most`
  } catch {
    return 'not known on this system'
  }
}

/** What bench/loop-delay.ts wrote when the engine ended. */
function loopDelay(file: string): string {
  const { p50, p99, max } = JSON.parse(readFileSync(file, 'utf8'))
  const [half, most, worst] = [p50, p99, max].map((value: number) => value.toFixed(1))
  return `delay of the engine's event loop: p50 ${half} ms, p99 ${most} ms, max ${worst} ms (goal: p99 below 20 ms)`
}

const cells = (texts: readonly string[]) =>
  texts.map((text, i) => (i === 0 ? text.padEnd(16) : text.padStart(11))).join('')

function row(operation: string, { engine, floor }: Awaited<ReturnType<typeof measure>>): string {
  const ms = (value: number) => `${value.toFixed(2)} ms`
  const ratio = (engine.perSecond / floor.perSecond).toFixed(2)
  const own = [engine.perSecond.toFixed(0), ms(engine.p50), ms(engine.p99), ms(engine.cpu)]
  return cells([operation, ...own, floor.perSecond.toFixed(0), ms(floor.cpu), ratio])
}

function guardedRatio(rates: ReadonlyMap<string, number>): string {
  const ratio = (rates.get(GUARDED_ENCRYPT) ?? 0) / (rates.get('Encrypt') ?? 1)
  return `thirty statements and fifty grants: ${ratio.toFixed(2)} of the plain key's rate (goal: 0.9)`
}

/** What the record costs: the same requests to an engine that keeps none, which only a test installation may have. */
async function compareWithoutAudit(
  installation: Installation,
  floor: Server,
  rates: ReadonlyMap<string, number>,
): Promise<void> {
  const engine = await installation.startEngine([], { withoutAudit: true })
  console.log('\nwith the audit log, of the rate without it:')
  for (const name of UNAUDITED) {
    const operation = CASES[name]
    if (!operation) continue
    const found = await measure(operation, { engine, floor })
    const without = found.engine.perSecond / found.floor.perSecond
    console.log(cells([name, ((rates.get(name) ?? 0) / without).toFixed(2)]))
  }
  await engine.stop()
}

async function bench(installation: Installation): Promise<void> {
  const { profile } = options
  const delays = join(installation.folder, 'loop-delay.json')
  const engine = await installation.startEngine([
    `--import=${pathToFileURL(join(import.meta.dirname, 'loop-delay.ts'))}?to=${delays}`,
    ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
  ])
  await makeKeys(engine)
  await ask(engine.port, signedRequest(engine.port, 'Encrypt', encryptInput(0)))
  const floor = await startFloor(await sampleEvent(installation), installation.folder)
  try {
    console.log(
      `${CONNECTIONS} connections, signed requests in Region ${REGION}, a durable event for every answer\n`,
    )
    console.log(cells(['', 'requests/s', 'p50', 'p99', 'cpu each', 'floor/s', 'cpu each', 'ratio']))
    const rates = new Map<string, number>()
    for (const [name, operation] of Object.entries(CASES)) {
      const found = await measure(operation, { engine, floor })
      rates.set(name, found.engine.perSecond / found.floor.perSecond)
      console.log(row(name, found))
    }
    console.log(`\n${guardedRatio(rates)}`)
    console.log(`resident memory of the engine: ${residentMemory(engine.pid)}`)
    await engine.stop()
    console.log(loopDelay(delays))
    await compareWithoutAudit(installation, floor, rates)
  } finally {
    await floor.stop()
  }
}

// A test's clock: the only kind of installation that may be compared with one that records nothing.
const installation = await openInstallation({ clock: 'manual' })
try {
  await bench(installation)
} finally {
  await installation.close()
}

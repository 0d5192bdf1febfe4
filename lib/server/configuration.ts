/**
 * What the operator configured, read from the environment once and checked before anything starts.
 * The only reader of the environment in lib. Unknown names are refused: a misspelt setting must not be silence (R103).
 */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { nearestName } from '#lib/domain/nearest-name.ts'
import { isLoopback, type ListenAddress, listenAddress, printAddress } from './listen-address.ts'
import { OIDC_SETTINGS, oidcFaults, oidcOf } from './oidc-settings.ts'

/** Thrown with one line per fault, each saying what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

export type Configuration = {
  /** Absolute. Holds root.key, where.json and, as an ordinary user, the database. */
  readonly home: string
  readonly engineListen: ListenAddress
  readonly consoleListen: ListenAddress
  /** Where people's browsers find the console: an origin, without a path. */
  readonly consoleUrl: string
  readonly tls: { readonly certificate: string; readonly key: string } | undefined
  /** Absolute path of a seed file. */
  readonly seed: string | undefined
  /** Absolute path of a PEM file: whose attestations of enclaves are believed (docs/nitro.md). */
  readonly nitroRoot: string | undefined
  /** The VPC endpoint that this engine's listener stands for: aws:SourceVpce of every request that comes by it. */
  readonly vpcEndpoint: string | undefined
  /** Request quotas: this many times AWS's values; undefined for none. */
  readonly throttle: number | undefined
  /** Where checkpoints of the log go besides the file, and for how many minutes they may go nowhere. */
  readonly checkpoints: {
    readonly http: string | undefined
    readonly syslog: string | undefined
    readonly witness: string | undefined
    readonly requiredMinutes: number | undefined
  }
  /** Where every event of the log goes besides: a web address, and a syslog server. */
  readonly streams: { readonly webhook: string | undefined; readonly syslog: string | undefined }
  /** Absolute folders: where days of the log are archived, and where CloudTrail's log and digest files go. */
  readonly auditFolders: { readonly archive: string | undefined; readonly digests: string | undefined }
  /** The identity provider that people may sign in with. */
  readonly oidc: ReturnType<typeof oidcOf>
  readonly vectors: string | undefined
  readonly databaseUrl: string | undefined
  readonly migrateUrl: string | undefined
  readonly insecureHttp: boolean
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

export type Environment = Readonly<Record<string, string | undefined>>

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/** Of this clone, wherever it is started from. */
const HOME = join(import.meta.dirname, '..', '..', '.keyhouse')

const path = z.string().transform((text) => resolve(text))

const postgresUrl = z.string().refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''), {
  error: 'must look like postgresql://user:password@host:5432/database',
})

const origin = z
  .string()
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? '') && URL.parse(text)?.pathname === '/', {
    error: 'must be an http or https address without a path, like https://keys.example.com',
  })
  .transform((text) => new URL(text).origin)

const HTTP_FAULT = 'must be an http or https address'
const httpAddress = z
  .string()
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), { error: HTTP_FAULT })

const syslogPlace = z.string().refine(
  (text) => {
    const url = URL.parse(text)
    return (
      /^(udp|tcp):$/.test(url?.protocol ?? '') && url?.hostname !== '' && /^\/?$/.test(url?.pathname ?? '')
    )
  },
  { error: 'must look like udp://host:514 or tcp://host:514' },
)

const minutes = z
  .string()
  .regex(/^[1-9][0-9]{0,4}$/, { error: 'must be a number of minutes' })
  .transform(Number)

const THROTTLE_FAULT = "must be 'aws', or how many times AWS's request quotas, such as 0.5"
const throttle = z
  .string()
  .transform((text) => (text === 'aws' ? 1 : Number(text)))
  .refine((factor) => Number.isFinite(factor) && factor > 0, { error: THROTTLE_FAULT })

const SETTINGS = z.object({
  KEYHOUSE_HOME: path.default(HOME),
  KEYHOUSE_ENGINE_LISTEN: listenAddress.default({ host: '127.0.0.1', port: 4566 }),
  KEYHOUSE_CONSOLE_LISTEN: listenAddress.default({ host: '127.0.0.1', port: 3000 }),
  KEYHOUSE_CONSOLE_URL: origin.optional(),
  KEYHOUSE_TLS_CERT: path.optional(),
  KEYHOUSE_TLS_KEY: path.optional(),
  KEYHOUSE_SEED: path.optional(),
  KEYHOUSE_NITRO_ROOT: path.optional(),
  KEYHOUSE_VPC_ENDPOINT: z
    .string()
    .regex(/^vpce-[0-9a-z]{1,32}$/, { error: 'must be the id of a VPC endpoint, like vpce-0a1b2c3d4e5f' })
    .optional(),
  KEYHOUSE_MIGRATE_URL: postgresUrl.optional(),
  KEYHOUSE_THROTTLE: throttle.optional(),
  KEYHOUSE_CHECKPOINT_HTTP: httpAddress.optional(),
  KEYHOUSE_CHECKPOINT_SYSLOG: syslogPlace.optional(),
  KEYHOUSE_CHECKPOINT_WITNESS: httpAddress.optional(),
  KEYHOUSE_CHECKPOINT_REQUIRED: minutes.optional(),
  KEYHOUSE_AUDIT_WEBHOOK: httpAddress.optional(),
  KEYHOUSE_AUDIT_SYSLOG: syslogPlace.optional(),
  KEYHOUSE_AUDIT_ARCHIVE: path.optional(),
  KEYHOUSE_AUDIT_DIGESTS: path.optional(),
  ...OIDC_SETTINGS,
  KEYHOUSE_VECTORS: path.optional(),
  KEYHOUSE_INSECURE_HTTP: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('0'),
  KEYHOUSE_LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
  DATABASE_URL: postgresUrl.optional(),
})

type Settings = z.infer<typeof SETTINGS>

/** Reads and checks the configuration. Throws ConfigurationError. */
export function readConfiguration(env: Environment = process.env): Configuration {
  // An empty variable is how shells and compose files say "not set".
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = SETTINGS.safeParse(set)
  const found = parsed.success
    ? [tlsFaults, databaseFaults, streamFaults, oidcFaults].flatMap((faultsOf) => faultsOf(parsed.data))
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`)
  const faults = [...unknownNames(set), ...found]
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults.join('\n'))
  return asConfiguration(parsed.data)
}

/** Only where the installation is: the command line needs no more, and must work where the rest is not right. */
export function readHome(env: Environment = process.env): string {
  return env.KEYHOUSE_HOME ? resolve(env.KEYHOUSE_HOME) : HOME
}

/** What `./keyhouse call` takes its credentials and Region from. */
export function commandEnvironment(): Environment {
  return process.env
}

function unknownNames(env: Environment): string[] {
  const known = Object.keys(SETTINGS.shape)
  return Object.keys(env)
    .filter((name) => name.startsWith('KEYHOUSE_') && !known.includes(name))
    .map((name) => `${name} is not a setting of Keyhouse. Did you mean ${nearestName(name, known)}?`)
}

function tlsFaults(settings: Settings): string[] {
  const faults: string[] = []
  const tls = settings.KEYHOUSE_TLS_CERT !== undefined
  if (tls !== (settings.KEYHOUSE_TLS_KEY !== undefined)) {
    faults.push('KEYHOUSE_TLS_CERT and KEYHOUSE_TLS_KEY belong together: set both or neither.')
  }
  if (!tls && settings.KEYHOUSE_INSECURE_HTTP === '0') {
    for (const name of ['KEYHOUSE_ENGINE_LISTEN', 'KEYHOUSE_CONSOLE_LISTEN'] as const) {
      const address = settings[name]
      if (isLoopback(address.host)) continue
      faults.push(
        `${name} ${printAddress(address)} can be reached from other machines, so it needs TLS: set KEYHOUSE_TLS_CERT and KEYHOUSE_TLS_KEY, or KEYHOUSE_INSECURE_HTTP=1 if something in front does TLS.`,
      )
    }
    const url = URL.parse(settings.KEYHOUSE_CONSOLE_URL ?? '')
    if (url?.protocol === 'http:' && !isLoopback(url.hostname)) {
      faults.push(
        'KEYHOUSE_CONSOLE_URL must be https, or on this machine; KEYHOUSE_INSECURE_HTTP=1 overrides.',
      )
    }
  }
  if (isEveryAddress(settings.KEYHOUSE_CONSOLE_LISTEN.host) && settings.KEYHOUSE_CONSOLE_URL === undefined) {
    faults.push(
      'KEYHOUSE_CONSOLE_LISTEN names every address of this machine: set KEYHOUSE_CONSOLE_URL to the one that people use.',
    )
  }
  return faults
}

function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

// R78: a password and every sealed key cross this connection.
function databaseFaults(settings: Settings): string[] {
  return (['DATABASE_URL', 'KEYHOUSE_MIGRATE_URL'] as const).flatMap((name) => {
    const url = URL.parse(settings[name] ?? '')
    if (!url || settings.KEYHOUSE_INSECURE_HTTP === '1') return []
    const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
    if (host === '' || host.startsWith('/') || isLoopback(host)) return []
    if (url.searchParams.get('sslmode') === 'verify-full') return []
    return [
      `${name} leaves this machine, so it needs ?sslmode=verify-full (and sslrootcert=… for a private authority), or KEYHOUSE_INSECURE_HTTP=1 if something else protects the connection.`,
    ]
  })
}

// R78: events say who does what with which key, and syslog over TCP or UDP hides nothing.
function streamFaults(settings: Settings): string[] {
  return (['KEYHOUSE_AUDIT_WEBHOOK', 'KEYHOUSE_AUDIT_SYSLOG'] as const).flatMap((name) => {
    const url = URL.parse(settings[name] ?? '')
    if (!url || url.protocol === 'https:' || settings.KEYHOUSE_INSECURE_HTTP === '1') return []
    if (isLoopback(url.hostname)) return []
    const instead = name === 'KEYHOUSE_AUDIT_WEBHOOK' ? 'use https' : 'name a relay on this machine'
    return [
      `${name} leaves this machine unprotected: ${instead}, or set KEYHOUSE_INSECURE_HTTP=1 if something else protects the connection.`,
    ]
  })
}

function asConfiguration(settings: Settings): Configuration {
  const { KEYHOUSE_TLS_CERT: certificate, KEYHOUSE_TLS_KEY: key } = settings
  const tls = certificate && key ? { certificate, key } : undefined
  const scheme = tls ? 'https' : 'http'
  return {
    home: settings.KEYHOUSE_HOME,
    engineListen: settings.KEYHOUSE_ENGINE_LISTEN,
    consoleListen: settings.KEYHOUSE_CONSOLE_LISTEN,
    consoleUrl:
      settings.KEYHOUSE_CONSOLE_URL ?? `${scheme}://${printAddress(settings.KEYHOUSE_CONSOLE_LISTEN)}`,
    tls,
    seed: settings.KEYHOUSE_SEED,
    nitroRoot: settings.KEYHOUSE_NITRO_ROOT,
    vpcEndpoint: settings.KEYHOUSE_VPC_ENDPOINT,
    throttle: settings.KEYHOUSE_THROTTLE,
    checkpoints: {
      http: settings.KEYHOUSE_CHECKPOINT_HTTP,
      syslog: settings.KEYHOUSE_CHECKPOINT_SYSLOG,
      witness: settings.KEYHOUSE_CHECKPOINT_WITNESS,
      requiredMinutes: settings.KEYHOUSE_CHECKPOINT_REQUIRED,
    },
    streams: { webhook: settings.KEYHOUSE_AUDIT_WEBHOOK, syslog: settings.KEYHOUSE_AUDIT_SYSLOG },
    auditFolders: { archive: settings.KEYHOUSE_AUDIT_ARCHIVE, digests: settings.KEYHOUSE_AUDIT_DIGESTS },
    oidc: oidcOf(settings),
    vectors: settings.KEYHOUSE_VECTORS,
    databaseUrl: settings.DATABASE_URL,
    migrateUrl: settings.KEYHOUSE_MIGRATE_URL,
    insecureHttp: settings.KEYHOUSE_INSECURE_HTTP === '1',
    logLevel: settings.KEYHOUSE_LOG_LEVEL,
  }
}

/** What the machine says of the session that Keyhouse was started in. */
export type Surroundings = {
  /** Where sockets may lie that vanish with the session. */
  readonly runtimeFolder: string | undefined
  /** True where no browser of this machine can be expected to open. */
  readonly headless: boolean
  /** The address by which the person reached this machine, if by ssh. */
  readonly sshAddress: string | undefined
  readonly user: string
}

export function readSurroundings(env: Environment = process.env): Surroundings {
  const ssh = env.SSH_CONNECTION?.split(' ')
  const noScreen = process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY
  return {
    runtimeFolder: env.XDG_RUNTIME_DIR || undefined,
    headless: ssh !== undefined || noScreen,
    sshAddress: ssh?.[2],
    user: env.USER ?? env.LOGNAME ?? (process.getuid?.() === 0 ? 'root' : 'you'),
  }
}

/**
 * The environment of a child: what programs need to find their way, and nothing that changes what Node does
 * (R31: NODE_OPTIONS could attach a debugger) or that holds a secret.
 */
export function childEnvironment(additions: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, LC_ALL, TZ, TMPDIR, SystemRoot, NODE_EXTRA_CA_CERTS } = process.env
  const kept = { PATH, HOME, LANG, LC_ALL, TZ, TMPDIR, SystemRoot, NODE_EXTRA_CA_CERTS }
  const set = Object.entries(kept).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(set), NODE_ENV: 'production', ...additions }
}

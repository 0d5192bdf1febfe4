/** What the supervisor hands the engine on descriptor 3: everything it needs, so that its environment holds nothing. */
import { z } from 'zod'

const listen = z.object({ host: z.string(), port: z.number().int() })

export const engineSettings = z.object({
  version: z.string(),
  rootKeyPath: z.string(),
  /** One login a role; equal where the database keeps no roles apart. */
  engineUrl: z.string(),
  sequencerUrl: z.string(),
  readerUrl: z.string(),
  rolesSeparated: z.boolean(),
  /** Whether the supervisor can empty the database, for Reset. */
  mayEmpty: z.boolean().default(false),
  listen,
  /** PEM files. */
  tls: z.object({ certificate: z.string(), key: z.string() }).optional(),
  /** Where programs are told to go. */
  endpoint: z.string(),
  consoleUrl: z.string(),
  /** The console's socket: a path, or a loopback port on Windows. */
  desk: z.union([z.object({ path: z.string() }), z.object({ port: z.number().int() })]),
  channelSecret: z.string().min(32),
  seedPath: z.string().optional(),
  /** A PEM file: the roots of attestation documents. */
  nitroRootPath: z.string().optional(),
  /** The VPC endpoint that the listener stands for. */
  vpcEndpoint: z.string().optional(),
  /** Request quotas: this many times AWS's values; none without it. */
  throttle: z.number().positive().optional(),
  /** Of the benchmark alone, which no configuration can say: a test installation whose cryptography leaves no event. */
  withoutAudit: z.literal(true).optional(),
  /** Where checkpoints of the log go, and for how many minutes they may go nowhere. */
  checkpoints: z
    .object({
      folder: z.string().optional(),
      http: z.string().optional(),
      syslog: z.string().optional(),
      witness: z.string().optional(),
      requiredMinutes: z.number().positive().optional(),
    })
    .default({}),
  /** Where every event of the log goes besides. */
  streams: z.object({ webhook: z.string().optional(), syslog: z.string().optional() }).default({}),
  /** Folders for archived days, and for log and digest files. */
  auditFolders: z.object({ archive: z.string().optional(), digests: z.string().optional() }).default({}),
  /** The identity provider that people may sign in with; its secret is in a file. */
  oidc: z
    .object({
      issuer: z.string(),
      clientId: z.string(),
      clientSecretPath: z.string(),
      role: z.string(),
      name: z.string(),
    })
    .optional(),
  logLevel: z.string(),
  prettyLog: z.boolean(),
})

export type EngineSettings = z.infer<typeof engineSettings>

/** What the engine writes on descriptor 4 once it serves: one line of JSON. */
export type EngineReady = {
  readonly ready: true
  /** The one-time set-up link, while nobody has set the installation up. */
  readonly setupLink?: string
  readonly port: number
}

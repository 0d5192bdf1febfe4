/**
 * The services behind the one address, and how each is spoken: which header or form field names the
 * operation, what a signature must be scoped to, how far a clock may be off.
 */
import type { Service } from '#lib/engine/operation.ts'

type Spoken = {
  readonly service: Service
  /** The service of the credential scope. */
  readonly signingName: string
  /** How far X-Amz-Date may be from now, either way (facts §1.5). */
  readonly skewMinutes: number
  /** Regions that sign for the service wherever the account lives. */
  readonly globalRegions: readonly string[]
}

export type QueryDialect = Spoken & {
  readonly protocol: 'query'
  /** The Version field that requests carry. */
  readonly version: string
  /** The XML namespace of answers. */
  readonly namespace: string
}

/** How one service is spoken. */
export type Dialect = (Spoken & { readonly protocol: 'json' }) | QueryDialect

const json = (service: Service, signingName: string): Dialect => ({
  service,
  protocol: 'json',
  signingName,
  skewMinutes: 5,
  globalRegions: [],
})

/** X-Amz-Target up to its last dot → service. A Map, so that `__proto__` is no service. */
const BY_TARGET: ReadonlyMap<string, Dialect> = new Map([
  ['TrentService', json('KMS', 'kms')],
  ['com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101', json('CloudTrail', 'cloudtrail')],
  ['CloudTrail_20131101', json('CloudTrail', 'cloudtrail')],
  ['Keyhouse', json('Keyhouse', 'keyhouse')],
])

export const STS: QueryDialect = {
  service: 'STS',
  protocol: 'query',
  signingName: 'sts',
  skewMinutes: 15,
  // The global endpoint (aws-global) signs as us-east-1.
  globalRegions: ['us-east-1'],
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
}

export const IAM: QueryDialect = {
  service: 'IAM',
  protocol: 'query',
  signingName: 'iam',
  skewMinutes: 15,
  // One endpoint for a partition: it signs as one Region wherever the account's are.
  globalRegions: ['us-east-1', 'cn-north-1', 'us-gov-west-1'],
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
}

const QUERY = [STS, IAM] as const

/**
 * The service of a form, by what its signature claims to be scoped to: the form itself is read only after that has
 * been verified. STS when it claims nothing known.
 */
export const queryDialect = (authorization: string | undefined): QueryDialect =>
  QUERY.find(({ signingName }) => authorization?.includes(`/${signingName}/aws4_request`)) ?? STS

/** The query dialect of a service, if that is how it is spoken. */
export const queryDialectOf = (service: Service) => QUERY.find((dialect) => dialect.service === service)

export type Target = { readonly dialect: Dialect; readonly operation: string }

const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/

/** `TrentService.Encrypt` → KMS and Encrypt; undefined when it names none of our services. */
export function parseTarget(header: string): Target | undefined {
  const dot = header.lastIndexOf('.')
  const dialect = BY_TARGET.get(header.slice(0, Math.max(dot, 0)))
  const operation = header.slice(dot + 1)
  return dialect && NAME.test(operation) ? { dialect, operation } : undefined
}

/** The header value for an operation, as our own programs send it. */
export function targetOf(service: Service, operation: string): string | undefined {
  for (const [prefix, dialect] of BY_TARGET) if (dialect.service === service) return `${prefix}.${operation}`
  return undefined
}

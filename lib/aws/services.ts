/**
 * The services behind the one address, and how each is spoken: which header or form field names the
 * operation, what a signature must be scoped to, how far a clock may be off.
 */
import type { Service } from '#lib/engine/operation.ts'

export type Protocol = 'json' | 'query'

/** How one service is spoken. */
export type Dialect = {
  readonly service: Service
  readonly protocol: Protocol
  /** The service of the credential scope. */
  readonly signingName: string
  /** How far X-Amz-Date may be from now, either way (facts §1.5). */
  readonly skewMinutes: number
  /** Regions that sign for the service wherever the account lives. */
  readonly globalRegions: readonly string[]
}

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

export const STS: Dialect = {
  service: 'STS',
  protocol: 'query',
  signingName: 'sts',
  skewMinutes: 15,
  // The global endpoint (aws-global) signs as us-east-1.
  globalRegions: ['us-east-1'],
}
export const STS_VERSION = '2011-06-15'

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

/**
 * What the programs' edge is handed: the way in, and nothing behind it.
 * The edge knows no store, no policy and no clock of its own; whoever starts it supplies this.
 */
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import type { Caller, Principal } from '#lib/domain/caller.ts'
import type { KmsErrorCode } from '#lib/domain/refusal.ts'
import type { AnyOperation, Service } from '#lib/engine/operation.ts'

/** What an access key id proves, once its signature has been verified. */
export type WireCredential = {
  readonly principal: Principal
  readonly active: boolean
  /** Of temporary credentials: SHA-256 of the token that must come with them, and their end. */
  readonly temporary: { readonly tokenHash: Uint8Array; readonly expiresAt: Date } | undefined
  /** Regions of the account: the only ones a request may be scoped to. */
  readonly regions: readonly string[]
  /** The SigV4 signing key, cached by its owner: only ever asked for days near now and Regions that are accepted. */
  signingKey(date: string, region: string, service: string): KeyObject
}

/** A connection that never became a caller. Everything here comes from outside: counted, never trusted. */
export type RefusedConnection = {
  readonly address: string
  readonly reason: KmsErrorCode
  readonly accessKeyId?: string
  readonly operation?: string
  /** The program's clock minus ours, when that is why. */
  readonly skewSeconds?: number
}

export type Door = {
  operation(service: Service, name: string): AnyOperation | undefined
  credentials(accessKeyId: string): Promise<WireCredential | undefined>
  /**
   * Who shows a provider's token instead of a signature, by the input of the one operation that takes it. Rejects what
   * is no such token, or not for us.
   */
  holder(input: unknown): Promise<Omit<Caller, 'channel'>>
  invoke(
    caller: Caller,
    operation: AnyOperation,
    input: unknown,
  ): Promise<{ readonly output: unknown; readonly eventId: string | null }>
  refused(report: RefusedConnection): void
  live(): boolean
  ready(): Promise<{ readonly ok: boolean; readonly reason?: string }>
  /** Milliseconds since the epoch, real time: skew is never measured on a moved clock. */
  now(): number
}

/** The part of a pino logger that the edge uses. */
export type Log = {
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

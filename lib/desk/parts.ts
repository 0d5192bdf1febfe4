/** What the desk works with: the engine, and the list of operations by name. */
import type { Engine, Log } from '#lib/engine/engine.ts'
import type { AnyOperation, Service } from '#lib/engine/operation.ts'

/** The identity provider that people may sign in with, as the installation's operator named it. */
export type SignInProvider = {
  /** With https://. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** ARN of the role that people become. */
  readonly role: string
  /** What people call it. */
  readonly name: string
}

export type DeskParts = Pick<Engine, 'services' | 'writer' | 'invoke'> & {
  readonly operation: (service: Service, name: string) => AnyOperation | undefined
  readonly log: Log
  readonly signInProvider?: SignInProvider | undefined
}

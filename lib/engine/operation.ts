/**
 * An operation is a value in a list. Wire dispatch, console types, sweeps and the log derive from the list.
 */
import type { z } from 'zod'
import type { Call } from './call.ts'

export type Service = 'KMS' | 'STS' | 'IAM' | 'CloudTrail' | 'Keyhouse'

/** What kind of event a call is, as the audit log filters them. */
export type AuditClass = 'crypto' | 'admin' | 'read' | 'auth' | 'system'

/** Members that may enter the log; everything not named stays out (R57). Names are lowerCamel, as CloudTrail's. */
export type LoggedFields = Readonly<Record<string, unknown>> | null

export type Operation<I = never, O = unknown> = {
  readonly name: string
  readonly service: Service
  /** The IAM action that a policy names; null where AWS asks for none (GetCallerIdentity). */
  readonly action: `${string}:${string}` | null
  readonly input: z.ZodType<I>
  readonly class: AuditClass
  /** False only for what is listed in lib/engine/unrecorded.ts: polls and checks that would feed the log with itself. */
  readonly recorded: boolean
  readonly logged: {
    readonly request: (input: I) => LoggedFields
    readonly response?: (output: O) => LoggedFields
  }
  readonly run: (call: Call, input: I) => Promise<O>
}

/**
 * Operations of every type in one list. What goes in and out is contravariant there: such an entry can only be called
 * through the door, which hands it exactly what its own schema parsed.
 */
export type AnyOperation = Omit<Operation<never>, 'input' | 'logged'> & {
  readonly input: z.ZodType
  readonly logged: {
    readonly request: (input: never) => LoggedFields
    readonly response?: (output: never) => LoggedFields
  }
}

type Entry<N extends string, I, O> = Omit<Operation<I, O>, 'name' | 'recorded'> & {
  readonly name: N
  readonly recorded?: boolean
}

/** Checks one entry's types against each other, and fills in what most entries share. */
export function operation<const N extends string, I, O>(
  entry: Entry<N, I, O>,
): Operation<I, O> & { readonly name: N } {
  return { recorded: true, ...entry }
}

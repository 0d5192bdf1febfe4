/** Operations about the log, asked over the wire as `./keyhouse call` does, with answers as values. */
import { type Env, identify } from '../call-credentials.ts'
import { sendCall } from '../call-request.ts'
import { UsageError } from '../usage-error.ts'
import type { Flags } from './flags.ts'

/** The engine said no. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export type Ask = (operation: string, input: object) => Promise<unknown>

/** Asks as whom the flags and the environment say. @throws UsageError where nobody answers, Refusal for a no. */
export async function openAsk(flags: Flags, env: Env): Promise<Ask> {
  const service = 'Keyhouse'
  const identity = await identify(flags.settings, env, service)
  return async (operation, input) => {
    const call = { service, operation, input: { ...input }, settings: flags.settings } as const
    const answer = await sendCall(call, identity, new Date()).catch((thrown: unknown) => {
      const cause: unknown = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown
      const code = cause instanceof Error ? Reflect.get(cause, 'code') : undefined
      throw new UsageError(
        `No usable answer from ${identity.endpoint.origin}${typeof code === 'string' ? ` (${code})` : ''}. Is Keyhouse running there?`,
      )
    })
    if (answer.kind === 'refusal')
      throw new Refusal(answer.code, `${operation}: ${answer.message} (${answer.code})`)
    return answer.output
  }
}

/** Members of an answer; what is not there as it should be is an answer of something else than Keyhouse. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

const strange = (name: string) =>
  new UsageError(`The answer has no ${name}. Is it Keyhouse that answers there?`)

export function textOf(value: unknown, name: string): string {
  const member = memberOf(value, name)
  if (typeof member !== 'string') throw strange(name)
  return member
}

export function numberOf(value: unknown, name: string): number {
  const member = memberOf(value, name)
  if (typeof member !== 'number') throw strange(name)
  return member
}

export function listOf(value: unknown, name: string): readonly unknown[] {
  const member = memberOf(value, name)
  if (!Array.isArray(member)) throw strange(name)
  return member
}

export const textOrNull = (value: unknown, name: string): string | null => {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : null
}

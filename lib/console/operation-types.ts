/** How the types of an operation's two ends become those that screens see. */
import type { z } from 'zod'

/** A value after its way through JSON: dates are epoch seconds, bytes base64. */
export type Wire<T> = T extends Date
  ? number
  : T extends Uint8Array
    ? string
    : T extends readonly (infer Element)[]
      ? readonly Wire<Element>[]
      : T extends object
        ? { readonly [Member in keyof T]: Wire<T[Member]> }
        : T

/** What an entry of the engine's operation lists answers. Types only: the console never runs an operation itself. */
export type AnswerOf<Operation extends { run: (...given: never[]) => Promise<unknown> }> = Wire<
  Awaited<ReturnType<Operation['run']>>
>

/** Both ends of an operation. */
export type Entry<Schema extends z.ZodType, Output> = {
  readonly input: z.input<Schema>
  readonly output: Output
}

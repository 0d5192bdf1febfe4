/** The words after `./keyhouse audit COMMAND`: what is named, and flags that the command knows; others are refused. */
import type { CallSettings } from '../call-arguments.ts'
import { UsageError } from '../usage-error.ts'

/** Flags of every command that asks an engine. */
const PLACE_FLAGS = ['endpoint-url', 'region', 'profile', 'access-key-file'] as const

export type Flags = {
  readonly words: readonly string[]
  /** All values of a flag, in order. */
  readonly all: (name: string) => readonly string[]
  /** The value of a flag that may be given once. */
  readonly one: (name: string) => string | undefined
  readonly has: (name: string) => boolean
  readonly settings: CallSettings
}

export type Known = {
  /** Flags with a value, and flags without. */
  readonly values?: readonly string[]
  readonly switches?: readonly string[]
  /** Whether the command asks an engine, and so takes where and as whom. */
  readonly asks?: boolean
}

/** @throws UsageError for what the command does not know, and for a flag without its value. */
export function parseFlags(
  argv: readonly string[],
  { values = [], switches = [], asks = false }: Known,
): Flags {
  const words: string[] = []
  const given = new Map<string, string[]>()
  const valued = [...values, ...(asks ? PLACE_FLAGS : [])]
  const add = (name: string, value: string) => given.set(name, [...(given.get(name) ?? []), value])
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    const [, name, joined] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(word) ?? []
    if (name === undefined) {
      if (word.startsWith('--')) throw new UsageError(`'${word}' is no flag of this command.`)
      words.push(word)
    } else if (switches.includes(name) && joined === undefined) {
      add(name, '')
    } else if (valued.includes(name)) {
      const value = joined ?? argv[++at]
      if (value === undefined || value === '') throw new UsageError(`--${name} needs a value.`)
      add(name, value)
    } else {
      throw new UsageError(`'--${name}' is no flag of this command.`)
    }
  }
  const one = (name: string) => {
    const [value, second] = given.get(name) ?? []
    if (second !== undefined) throw new UsageError(`--${name} is given twice.`)
    return value
  }
  const settings = {
    endpointUrl: one('endpoint-url'),
    region: one('region'),
    profile: one('profile'),
    accessKeyFile: one('access-key-file'),
  }
  return {
    words,
    all: (name) => given.get(name) ?? [],
    one,
    has: (name) => given.has(name),
    // Without those that were not given, as CallSettings has them.
    settings: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
  }
}

/** A whole number that is not negative. @throws UsageError */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--${name} is a whole number, not '${text}'.`)
  return Number(text)
}

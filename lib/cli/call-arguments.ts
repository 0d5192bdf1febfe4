/**
 * The words after `./keyhouse call`, into a service, an operation and its input.
 *
 *   kms encrypt --key-id alias/payments --plaintext fileb://note.txt --encryption-context team=a
 *     → KMS, Encrypt, { KeyId: 'alias/payments', Plaintext: '…base64…', EncryptionContext: { team: 'a' } }
 */
import { readFile } from 'node:fs/promises'
import type { Dialect } from '#lib/aws/services.ts'
import { kindOf, type MemberKind } from './member-kinds.ts'
import { UsageError } from './usage-error.ts'

export type Service = Dialect['service']

export type CallSettings = {
  readonly endpointUrl?: string
  readonly region?: string
  readonly profile?: string
  readonly accessKeyFile?: string
}

export type CallArguments = {
  readonly service: Service
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly settings: CallSettings
}

const SERVICES: ReadonlyMap<string, Service> = new Map([
  ['kms', 'KMS'],
  ['sts', 'STS'],
  ['iam', 'IAM'],
  ['cloudtrail', 'CloudTrail'],
  ['keyhouse', 'Keyhouse'],
])

const SETTINGS: ReadonlyMap<string, keyof CallSettings> = new Map([
  ['endpoint-url', 'endpointUrl'],
  ['region', 'region'],
  ['profile', 'profile'],
  ['access-key-file', 'accessKeyFile'],
])

/** list-keys → ListKeys; ListKeys stays as it is. */
export const pascalCase = (name: string) =>
  name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

type Option = { readonly name: string; readonly values: readonly string[] }

/** Throws UsageError for what cannot be understood, and when a file that is named cannot be read. */
export async function parseCall(argv: readonly string[]): Promise<CallArguments> {
  const { words, options } = splitOptions(argv)
  const [serviceName = '', operation = '', json, ...rest] = words
  const service = SERVICES.get(serviceName.toLowerCase())
  if (!service)
    throw new UsageError(`'${serviceName}' is no service. Services are: ${[...SERVICES.keys()].join(', ')}.`)
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(operation)) {
    throw new UsageError(`Name an operation after ${serviceName}, such as list-keys or ListKeys.`)
  }
  if (rest.length > 0)
    throw new UsageError(`'${rest[0]}' is one word too many. Members are given as --name value.`)
  const settings: Record<string, string> = {}
  const input: Record<string, unknown> = { ...(json === undefined ? {} : parseObject(await contents(json))) }
  for (const option of options) {
    const setting = SETTINGS.get(option.name)
    if (setting) settings[setting] = only(option)
    else Object.assign(input, await member(option))
  }
  return { service, operation: pascalCase(operation), input, settings }
}

/** Every word after an option belongs to it until the next, except the words before the first. */
function splitOptions(argv: readonly string[]): { words: string[]; options: Option[] } {
  const words: string[] = []
  const options: { name: string; values: string[] }[] = []
  for (const word of argv) {
    const option = /^--([A-Za-z][A-Za-z0-9-]*)(?:=([\s\S]*))?$/.exec(word)
    const [, name = '', value] = option ?? []
    if (option) options.push({ name, values: value === undefined ? [] : [value] })
    else (options.at(-1)?.values ?? words).push(word)
  }
  return { words, options }
}

function only({ name, values: [value, second] }: Option): string {
  if (value === undefined) throw new UsageError(`--${name} needs a value.`)
  if (second !== undefined) throw new UsageError(`--${name} takes one value; '${second}' is one too many.`)
  return value
}

async function member(option: Option): Promise<Record<string, unknown>> {
  const name = pascalCase(option.name)
  const denied = name.startsWith('No') ? name.slice(2) : ''
  if (option.values.length === 0 && kindOf(denied) === 'flag') return { [denied]: false }
  const kind = kindOf(name)
  if (kind === 'flag') return { [name]: flag(option) }
  const values = await Promise.all(option.values.map(contents))
  return { [name]: memberValue({ name: option.name, values }, kind) }
}

function flag(option: Option): boolean {
  if (option.values.length === 0) return true
  const value = only(option)
  if (value !== 'true' && value !== 'false')
    throw new UsageError(`--${option.name} is true or false, not '${value}'.`)
  return value === 'true'
}

function memberValue(option: Option, kind: MemberKind | undefined): unknown {
  const [first = ''] = option.values
  if (kind === undefined) return only(option)
  if (kind === 'integer') return integer(option)
  if (kind === 'timestamp') return timestamp(option)
  if (/^\s*[{[]/.test(first)) return parseJson(only(option))
  if (kind === 'strings') return option.values
  return kind === 'map' ? pairs(only(option)) : option.values.map(pairs)
}

function integer(option: Option): number {
  const text = only(option)
  if (!/^-?\d{1,15}$/.test(text)) throw new UsageError(`--${option.name} is a whole number, not '${text}'.`)
  return Number(text)
}

/** ISO 8601, or seconds since the epoch. */
function timestamp(option: Option): number {
  const text = only(option)
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000
  if (!Number.isFinite(seconds))
    throw new UsageError(`--${option.name} is a time such as 2026-01-31T12:00:00Z, not '${text}'.`)
  return seconds
}

/** The AWS command line's shorthand: a=1,b=2. */
function pairs(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const pair of text.split(',')) {
    const equals = pair.indexOf('=')
    if (equals < 1) throw new UsageError(`'${pair}' is not name=value. Values with commas are given as JSON.`)
    found[pair.slice(0, equals)] = pair.slice(equals + 1)
  }
  return found
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('The JSON that was given cannot be read.')
  }
}

function parseObject(text: string): object {
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new UsageError('The input is a JSON object, such as {"Limit": 5}.')
}

/** file://path is a file's text, fileb://path its bytes in base64, as the AWS command line reads them. */
async function contents(text: string): Promise<string> {
  const [, scheme, path = ''] = /^(fileb?):\/\/([\s\S]+)$/.exec(text) ?? []
  if (scheme === undefined) return text
  try {
    return (await readFile(path)).toString(scheme === 'fileb' ? 'base64' : 'utf8')
  } catch {
    throw new UsageError(`The file '${path}' cannot be read.`)
  }
}

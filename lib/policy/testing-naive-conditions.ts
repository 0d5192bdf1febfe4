/**
 * Test support only: patterns, values and conditions of the policy language (facts §8.7) a second time, as plainly as
 * they are said, for testing-naive-evaluator.ts. It shares no code with lib/policy and lib/domain, and it is slow.
 */

/** Condition values of a request, by lower-case name. */
export type Values = Readonly<Record<string, readonly string[]>>

const STAR = Symbol('*')
const ONE = Symbol('?')
type Token = string | symbol

/** The characters of a text, a variable being one of them. */
export const units = (text: string, variables: boolean): string[] =>
  text.match(variables ? /\$\{[^}]*\}?|[\s\S]/g : /[\s\S]/g) ?? []

function unitTokens(unit: string, variables: boolean, context: Values): Token[] | 'malformed' | 'unresolved' {
  if (unit === '*') return [STAR]
  if (unit === '?') return [ONE]
  if (!variables || !unit.startsWith('${')) return [unit]
  if (/^\$\{[*?$]\}$/.test(unit)) return [unit.charAt(2)]
  const parsed = /^\$\{\s*([a-z][a-z0-9]*:[^,'"${}*?]*[^,'"${}*?\s])\s*(?:,\s*'([^']*)'\s*)?\}$/i.exec(unit)
  if (!parsed) return 'malformed'
  const values = context[(parsed[1] ?? '').toLowerCase()] ?? []
  const text = values.length === 0 ? parsed[2] : values.length === 1 ? values[0] : undefined
  return text === undefined ? 'unresolved' : text.split('')
}

export function tokensOf(written: readonly string[], variables: boolean, context: Values) {
  const all = written.map((unit) => unitTokens(unit, variables, context))
  if (all.includes('malformed')) return 'malformed'
  return all.includes('unresolved') ? 'unresolved' : all.filter((one) => typeof one !== 'string').flat()
}

/** By definition: a star is nothing, or one character and the star again. */
export function fits([first, ...rest]: readonly Token[], value: string): boolean {
  if (first === undefined) return value === ''
  if (first === STAR) return fits(rest, value) || (value !== '' && fits([first, ...rest], value.slice(1)))
  return value !== '' && (first === ONE || first === value.charAt(0)) && fits(rest, value.slice(1))
}

/** Cut at the first five colons. */
function cutArn<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [[]]
  for (const one of all)
    if (one === ':' && parts.length < 6) parts.push([])
    else parts[parts.length - 1]?.push(one)
  return parts
}

type Outcome = 'yes' | 'no' | 'unresolved' | 'alien'
const yesNo = (holds: boolean): Outcome => (holds ? 'yes' : 'no')

function arnFits(pattern: string, value: string, variables: boolean, context: Values): Outcome {
  const written = cutArn(pattern === '*' ? '*:*:*:*:*:*'.split('') : units(pattern, variables))
  const whole = tokensOf(units(pattern, variables), variables, context)
  if (typeof whole === 'string') return 'unresolved'
  const inParts = written.map((part) => tokensOf(part, variables, context))
  const parts = written.length === 6 ? inParts : cutArn(whole)
  if (parts.length < 6) return 'unresolved'
  const values = cutArn(value.split(''))
  if (values.length < 6) return 'alien'
  return yesNo(parts.every((part, at) => typeof part !== 'string' && fits(part, (values[at] ?? []).join(''))))
}

function decimal(text: string): number | undefined {
  const wellFormed = text.split('.').every((part, at) => (at === 0 ? /\d$/ : /^\d/).test(part))
  const value = /^[-+]?\d/.test(text) && /^[-+\d.eE]+$/.test(text) && wellFormed ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

function seconds(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  const [day = '', time] = text.split('T')
  const [year = '', month = '', date = '01'] = day.split('-')
  const midnight = `${year}-${month}-${date}T00:00:00.000Z`
  const start = Date.UTC(Number(year), Number(month) - 1, Number(date))
  if (Number.isNaN(start) || new Date(start).toISOString() !== midnight) return undefined
  if (time === undefined) return start / 1000
  const [clock = '', sign, zone = '00:00'] = time.replace(/Z$/, '+00:00').split(/([-+])/)
  const [hour, minute, second = 0] = clock.split(':').map(Number)
  const [zoneHour, zoneMinute] = zone.includes(':') ? zone.split(':') : [zone.slice(0, 2), zone.slice(2)]
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -60 : 60)
  const at = start / 1000 + Number(hour) * 3600 + Number(minute) * 60 + second - offset
  return sign === undefined || Number.isNaN(at) ? undefined : at
}

const truth = (text: string) => ({ true: true, false: false })[text.toLowerCase()]

function octets(text: string): string | undefined {
  const parts = text.split('.')
  const sound =
    parts.length === 4 && parts.every((part) => String(Number(part)) === part && Number(part) < 256)
  return sound ? parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('') : undefined
}

type Address = { readonly bits: number; readonly number: bigint }

/** An address as one whole number, written in hexadecimal first. */
function address(text: string): Address | undefined {
  const four = octets(text)
  if (four !== undefined) return { bits: 32, number: BigInt(`0x${four}`) }
  if (!text.includes(':') || text.split('::').length > 2) return undefined
  const dotted = octets(text.slice(text.lastIndexOf(':') + 1))
  const plain = dotted
    ? `${text.slice(0, text.lastIndexOf(':') + 1)}${dotted.slice(0, 4)}:${dotted.slice(4)}`
    : text
  const [head, tail] = plain
    .split('::')
    .map((half) => half.split(':').filter((group) => half !== '' || group))
  const missing = 8 - (head?.length ?? 0) - (tail?.length ?? 0)
  if (tail ? missing < 1 : missing !== 0) return undefined
  const groups = [...(head ?? []), ...new Array<string>(missing).fill('0'), ...(tail ?? [])]
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined
  return { bits: 128, number: BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`) }
}

/** ::ffff:192.0.2.1 is 192.0.2.1. */
function asFour({ bits, number }: Address, prefix: number): Address & { prefix: number } {
  const mapped = bits === 128 && prefix >= 96 && number >> 32n === 0xffffn
  return mapped ? { bits: 32, number: number & 0xffffffffn, prefix: prefix - 96 } : { bits, number, prefix }
}

function range(text: string): (Address & { prefix: number }) | undefined {
  const [base = '', width, more] = text.split('/')
  const start = address(base)
  if (!start || more !== undefined) return undefined
  const prefix = width === undefined ? start.bits : Number(width)
  return String(prefix) === (width ?? String(prefix)) && prefix >= 0 && prefix <= start.bits
    ? asFour(start, prefix)
    : undefined
}

function inside(operand: string, text: string): Outcome {
  const [wide, one] = [range(operand), address(text)]
  if (!wide || !one) return 'alien'
  const four = asFour(one, one.bits)
  const shift = BigInt(wide.bits - wide.prefix)
  return yesNo(four.bits === wide.bits && four.number >> shift === wide.number >> shift)
}

function bytes(text: string): string | undefined {
  try {
    return btoa(atob(text)) === text ? atob(text) : undefined
  } catch {
    return undefined
  }
}

const OPERATORS =
  'StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike ' +
  'NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan ' +
  'NumericGreaterThanEquals DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan ' +
  'DateGreaterThanEquals Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnNotEquals ArnLike ArnNotLike Null'

export function operatorOf(written: string) {
  const [, set = '', name = '', ifExists = ''] =
    /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(written) ?? []
  const known = OPERATORS.split(' ').includes(name) && (name !== 'Null' || written === 'Null')
  const family = /String|Numeric|Date|Bool|Binary|Ip|Arn|Null/.exec(name)?.[0] ?? ''
  return known ? { name, family, set, ifExists: ifExists !== '', not: name.includes('Not') } : undefined
}

function compare(name: string, value: number | undefined, operand: number | undefined): Outcome {
  if (value === undefined || operand === undefined) return 'alien'
  if (name.includes('Less'))
    return yesNo(value < operand || (name.endsWith('ThanEquals') && value === operand))
  if (name.includes('Greater'))
    return yesNo(value > operand || (name.endsWith('ThanEquals') && value === operand))
  return yesNo(value === operand)
}

function textFits(name: string, operand: readonly Token[], value: string): Outcome {
  if (name.endsWith('Like')) return yesNo(fits(operand, value))
  const expected = operand.map((token) => (typeof token === 'string' ? token : token.description)).join('')
  const fold = (text: string) => (name.endsWith('IgnoreCase') ? text.toLowerCase() : text)
  return yesNo(fold(value) === fold(expected))
}

type Operator = NonNullable<ReturnType<typeof operatorOf>>

/** How one value of the request compares with one of the policy. `alien`: it is not even of the kind. */
function outcome(
  { name, family }: Operator,
  pair: readonly [string, string],
  at: [boolean, Values],
): Outcome {
  const [operand, value] = pair
  const [variables, context] = at
  if (family === 'Arn') return arnFits(operand, value, variables, context)
  if (family === 'Numeric') return compare(name, decimal(value), decimal(operand))
  if (family === 'Date') return compare(name, seconds(value), seconds(operand))
  if (family === 'Ip') return inside(operand, value)
  if (family === 'Bool') return truth(value) === undefined ? 'alien' : yesNo(truth(value) === truth(operand))
  if (family === 'Binary')
    return bytes(value) === undefined ? 'alien' : yesNo(bytes(value) === bytes(operand))
  const tokens = tokensOf(units(operand, variables), variables, context)
  return typeof tokens === 'string' ? 'unresolved' : textFits(name, tokens, value)
}

/** Could the operand ever be compared? */
export function isOperand({ family }: Operator, operand: string, variables: boolean): boolean {
  const written = units(operand, variables)
  const isArn = operand === '*' || operand.split(':').length > 5 || written.some((unit) => unit.length > 3)
  switch (family) {
    case 'Arn':
    case 'String':
      return tokensOf(written, variables, {}) !== 'malformed' && (family === 'String' || isArn)
    case 'Numeric':
      return decimal(operand) !== undefined
    case 'Date':
      return seconds(operand) !== undefined
    case 'Ip':
      return range(operand) !== undefined
    case 'Binary':
      return bytes(operand) !== undefined
    default:
      return truth(operand) !== undefined
  }
}

type Clause = { readonly operator: Operator; readonly key: string; readonly operands: readonly string[] }
type Around = { readonly allows: boolean; readonly variables: boolean; readonly context: Values }

/** Does a clause of a Condition hold? Where a reading is open an Allow takes the narrow one, a Deny the wide one. */
export function clauseHolds(
  { operator, key, operands }: Clause,
  { allows, variables, context }: Around,
): boolean {
  const { set, not, ifExists, family } = operator
  const values = context[key.toLowerCase()] ?? []
  if (family === 'Null') return operands.some((operand) => truth(operand) === (values.length === 0))
  if (values.length === 0) return ifExists || set === 'ForAllValues:' || (set === '' && not)
  const holds = (value: string) => {
    const seen = operands.map((operand) => outcome(operator, [operand, value], [variables, context]))
    if (!not) return seen.includes('yes')
    return !seen.includes('yes') && !seen.includes('unresolved') && !(allows && seen.includes('alien'))
  }
  return set === 'ForAllValues:' || (set === '' && allows) ? values.every(holds) : values.some(holds)
}

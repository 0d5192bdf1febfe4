/**
 * What of a call enters the log: CloudTrail's names, from an allow-list per operation (facts §17.2, R57).
 */
import type { LoggedFields } from './operation.ts'

/** KeyId → keyId, AWSAccountId → aWSAccountId: the odd one is AWS's own. */
export const lowerCamel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

/** Logs the named members of an input that are present; null when none is. */
export function members<I extends object>(...names: (keyof I & string)[]): (input: I) => LoggedFields {
  return (input) => {
    const found = names
      .filter((name) => input[name] !== undefined)
      .map((name) => [lowerCamel(name), input[name]])
    return found.length === 0 ? null : Object.fromEntries(found)
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Dates in CloudTrail's response elements are text: "Apr 12, 2021, 6:58:30 PM" (facts §17.1). */
export function loggedDate(date: Date): string {
  const hour = date.getUTCHours()
  const two = (n: number) => String(n).padStart(2, '0')
  const time = `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}, ${time}`
}

function loggedMember(value: unknown): unknown {
  if (value instanceof Date) return loggedDate(value)
  if (Array.isArray(value)) return value.map(loggedMember)
  return typeof value === 'object' && value !== null ? loggedAnswer(value) : value
}

/** An answer's members in CloudTrail's spelling, deep, with dates as text. Only for answers without secrets. */
export function loggedAnswer(answer: object): Record<string, unknown> {
  const present = Object.entries(answer).filter(([, member]) => member !== undefined)
  return Object.fromEntries(present.map(([name, member]) => [lowerCamel(name), loggedMember(member)]))
}

/** Tags as CloudTrail shows them. */
export const loggedTags = (tags: readonly { TagKey: string; TagValue: string }[] | undefined) =>
  tags?.map((tag) => ({ tagKey: tag.TagKey, tagValue: tag.TagValue }))

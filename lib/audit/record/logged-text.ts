/**
 * What came from outside, made fit for the log (R57): lengths capped, control characters made visible.
 * It does not choose what is logged: an operation's allow-list does.
 */

/** Longest texts by where they stand. A key policy has 32 KiB, an encryption context 8 KiB (facts §15). */
export const LONGEST = { member: 32_768, arn: 2_048, channel: 1_024, name: 256 } as const

const DEEPEST = 12

// Names of allow-lists; only an encryption context has others.
const PLAIN_NAME = /^\w{1,64}$/

// Control characters, line and paragraph separators, and the marks that reorder text on a screen.
const CONTROL = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu
// A policy keeps its lines: JSON escapes them again in the record, so that a record stays one line.
const CONTROL_BUT_LINES = /(?![\t\n\r])[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

const visible = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`

const capped = (text: string, longest: number) =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`

/** Nearly everything that is logged: nothing in it needs to be made visible. */
const PLAIN = /^[\x20-\x7e]*$/

/** One line of text from outside (an address, an agent, a name), at most `longest` UTF-16 units and a note of the rest. */
export function loggedLine(text: string, longest: number = LONGEST.channel): string {
  const line = capped(text, longest)
  return PLAIN.test(line) ? line : line.toWellFormed().replace(CONTROL, visible)
}

function loggedText(text: string): string {
  const kept = capped(text, LONGEST.member)
  return PLAIN.test(kept) ? kept : kept.toWellFormed().replace(CONTROL_BUT_LINES, visible)
}

const logDate = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
})

/**
 * A logged value as the record holds it. Dates become CloudTrail's text ("Nov 2, 2021, 11:25:25 PM", facts §17.1),
 * members that are undefined are left out, and bytes never get in: an allow-list that names some is a fault of ours.
 */
export function loggedValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return loggedText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  // Newer ICU sets a narrow no-break space before AM and PM; CloudTrail has a plain one.
  if (value instanceof Date) return logDate.format(value).replaceAll('\u202f', ' ')
  if (ArrayBuffer.isView(value)) throw new TypeError('bytes may not enter the log')
  if (depth >= DEEPEST) return '…'
  if (Array.isArray(value)) return value.map((element) => loggedValue(element, depth + 1))
  return loggedMembers(value, depth)
}

function loggedMembers(value: object, depth: number): object {
  const members: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue
    const logged = loggedValue(member, depth + 1)
    const key = PLAIN_NAME.test(name) ? name : loggedLine(name, LONGEST.member)
    // An encryption context may hold a pair of this name; plain assignment would set the prototype.
    if (key === '__proto__') Object.defineProperty(members, key, { value: logged, enumerable: true })
    else members[key] = logged
  }
  return members
}

/**
 * Numbers, times and identifiers as a person reads them. Pure: the moment that "ago" counts from is handed in.
 */
const grouped = new Intl.NumberFormat('en-GB')

/** 12,408 */
export const formatNumber = (value: number): string => grouped.format(value)

/** 1 key, 2 keys, 12,408 keys. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${formatNumber(value)} ${value === 1 ? one : many}`

/** Epoch seconds, ISO text or a Date, as a Date. */
export const toDate = (moment: number | string | Date): Date =>
  moment instanceof Date ? moment : new Date(typeof moment === 'number' ? moment * 1000 : moment)

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export type Zone = 'UTC' | 'local'

type Parts = {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  ms: number
}

const partsOf = (date: Date, zone: Zone): Parts =>
  zone === 'UTC'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth(),
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
        second: date.getUTCSeconds(),
        ms: date.getUTCMilliseconds(),
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth(),
        day: date.getDate(),
        hour: date.getHours(),
        minute: date.getMinutes(),
        second: date.getSeconds(),
        ms: date.getMilliseconds(),
      }

const two = (value: number) => String(value).padStart(2, '0')

/** 22 December 2026 */
export function formatDate(date: Date, zone: Zone = 'UTC'): string {
  const { day, month, year } = partsOf(date, zone)
  return `${day} ${MONTHS[month] ?? ''} ${year}`
}

/** 14:07:31.204 */
export function formatClock(date: Date, zone: Zone = 'UTC'): string {
  const { hour, minute, second, ms } = partsOf(date, zone)
  return `${two(hour)}:${two(minute)}:${two(second)}.${String(ms).padStart(3, '0')}`
}

/** 22 December 2026, 14:07:31 UTC */
export function formatMoment(date: Date, zone: Zone = 'UTC'): string {
  return `${formatDate(date, zone)}, ${formatClock(date, zone).slice(0, 8)}${zone === 'UTC' ? ' UTC' : ''}`
}

const SPANS = [
  { seconds: 86_400, word: (n: number) => (n === 1 ? '1 day' : `${formatNumber(n)} days`) },
  { seconds: 3600, word: (n: number) => `${n} h` },
  { seconds: 60, word: (n: number) => `${n} min` },
  { seconds: 1, word: (n: number) => `${n} s` },
] as const

/** 41 days, 6 h, 4 min, 12 s: the largest unit that fits, rounded down. */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const span = SPANS.find((candidate) => whole >= candidate.seconds) ?? SPANS[3]
  return span.word(Math.floor(whole / span.seconds))
}

/** 4 min ago, in 212 days, now. */
export function formatRelative(date: Date, now: Date): string {
  const seconds = (now.getTime() - date.getTime()) / 1000
  if (Math.abs(seconds) < 1) return 'now'
  return seconds > 0 ? `${formatSpan(seconds)} ago` : `in ${formatSpan(-seconds)}`
}

/** Whole days left until a moment, rounded up: what is due in one hour is due in 1 day. */
export const daysLeft = (until: Date, now: Date): number =>
  Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 86_400_000))

/** The first eight characters of a key id; of a multi-Region key, mrk- and eight. */
export const shortId = (keyId: string): string => keyId.slice(0, keyId.startsWith('mrk-') ? 12 : 8)

/** 05fa9b63-…05fa: the ends are what eyes compare. */
export function middle(text: string, head = 9, tail = 4): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`
}

/** user/alice from arn:aws:iam::111122223333:user/alice; account root from …:root. */
export function principalLabel(arn: string): string {
  const resource = arn.split(':').slice(5).join(':')
  if (resource === 'root') return 'account root'
  return resource === '' ? arn : resource
}

/** 2,914 bytes; 1 byte. */
export const formatBytes = (bytes: number): string => count(bytes, 'byte')

const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iOS'],
  ['iPad', 'iPadOS'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** Firefox on Linux, from what a browser says of itself; the beginning of it where that says neither. */
export function agentLabel(agent: string): string {
  const [browser, system] = [BROWSERS, SYSTEMS].map(
    (names) => names.find(([mark]) => agent.includes(mark))?.[1],
  )
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? (agent === '' ? 'Unknown' : agent.slice(0, 40))
}

/** The stretch of time that the log is read over. Half-open, [from, to); the present is handed in. */
import { formatClock, type Zone } from '#lib/console/format.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Preset = { readonly label: string; readonly short: string; readonly ms: number | null }

export const PRESETS = {
  '15m': { label: 'Last 15 minutes', short: '15 min', ms: 15 * MINUTE },
  '1h': { label: 'Last hour', short: '1 h', ms: HOUR },
  '6h': { label: 'Last 6 hours', short: '6 h', ms: 6 * HOUR },
  '24h': { label: 'Last 24 hours', short: '24 h', ms: DAY },
  '7d': { label: 'Last 7 days', short: '7 d', ms: 7 * DAY },
  '30d': { label: 'Last 30 days', short: '30 d', ms: 30 * DAY },
  '90d': { label: 'Last 90 days', short: '90 d', ms: 90 * DAY },
  all: { label: 'All time', short: 'All', ms: null },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof PRESETS
// Object.keys forgets what it was given.
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[]
export const DEFAULT_PRESET = '6h' satisfies PresetName

/** What the address says: a preset, or two moments, of which `to` may be missing. */
export type RangeQuery = {
  readonly last: PresetName | null
  readonly from: Date | null
  readonly to: Date | null
}
export type Bounds = { readonly from: Date | null; readonly to: Date | null }

/** The moments that a range means at `at`. The end of a preset is open, so that what happens now is in it. */
export function boundsOf({ last, from, to }: RangeQuery, at: Date): Bounds {
  if (last === null && (from || to)) return { from, to }
  const { ms } = PRESETS[last ?? DEFAULT_PRESET]
  return { from: ms === null ? null : new Date(at.getTime() - ms), to: null }
}

/** The shortest preset that reaches back to a moment. */
export function presetCovering(moment: Date, at: Date): PresetName {
  const age = at.getTime() - moment.getTime()
  const reaching = PRESET_NAMES.find((name) => {
    const { ms } = PRESETS[name]
    return ms === null || (ms >= PRESETS[DEFAULT_PRESET].ms && age < ms)
  })
  return reaching ?? 'all'
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: MINUTE,
  min: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
}
const RELATIVE = /^now(?:\s*-\s*(\d{1,6})\s*(s|min|m|h|d|w))?$/i
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/
const DATED = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/

const two = (value: number) => String(value).padStart(2, '0')
const dayOf = (date: Date, zone: Zone) =>
  zone === 'UTC'
    ? date.toISOString().slice(0, 10)
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

/**
 * What a person types for a moment: now, now-3h, 14:05, 2026-12-22 14:05:30, or RFC 3339. Times that name no zone are of
 * the zone that the page tells times in.
 */
export function parseMoment(text: string, at: Date, zone: Zone = 'UTC'): Date | undefined {
  const typed = text.trim()
  // A date and time without a zone is local to ECMAScript.
  const mark = zone === 'UTC' ? 'Z' : ''
  const relative = RELATIVE.exec(typed)
  if (relative)
    return new Date(at.getTime() - Number(relative[1] ?? 0) * (UNITS[relative[2]?.toLowerCase() ?? 's'] ?? 0))
  const clock = CLOCK.exec(typed)
  if (clock)
    return valid(`${dayOf(at, zone)}T${clock[1]?.padStart(2, '0')}:${clock[2]}:${clock[3] ?? '00'}${mark}`)
  const dated = DATED.exec(typed)
  if (dated) return valid(`${dated[1]}T${dated[2] ?? '00:00'}${dated[3] ?? mark}`)
  return undefined
}

function valid(iso: string): Date | undefined {
  const moment = new Date(iso)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** A moment as one would type it: 2026-12-22 14:05. */
export function printMoment(moment: Date | null, zone: Zone = 'UTC'): string {
  if (!moment) return ''
  return `${dayOf(moment, zone)} ${formatClock(moment, zone)}`.replace(/(?:(?::00)?\.000)$/, '')
}

/** "Last 6 hours", or "2026-12-22 08:07 – 14:07 UTC". */
export function rangeLabel(range: RangeQuery, zone: Zone = 'UTC'): string {
  const { last, from, to } = range
  if (last !== null || (!from && !to)) return PRESETS[last ?? DEFAULT_PRESET].label
  const start = printMoment(from, zone)
  const end = printMoment(to, zone)
  const of = zone === 'UTC' ? ' UTC' : ''
  if (start === '') return `Before ${end}${of}`
  if (end === '') return `Since ${start}${of}`
  const sameDay = start.slice(0, 10) === end.slice(0, 10)
  return `${start} – ${sameDay ? end.slice(11) : end}${of}`
}

/** What is wrong with a range that nothing can be in; undefined for every other. */
export function rangeFault({ from, to }: Bounds, at: Date): string | undefined {
  if (from && to && from >= to) return 'The start must be before the end.'
  return from && from > at ? 'The start lies in the future: nothing has happened after it yet.' : undefined
}

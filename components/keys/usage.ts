/** Who uses a key and when, as its pages show it, out of what KeyUsage says. */
import { count, formatDate, toDate } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { isAsymmetric, type KeySpecName, type KeyUsageName } from '#lib/domain/key-spec.ts'

export type Usage = OutputOf<'KeyUsage'>
export type UsageRow = Usage['Rows'][number]
export type UsageDay = Usage['Days'][number]

/** Days that the pages of a key look back. */
export const USAGE_DAYS = 90

export type Use = Pick<UsageRow, 'Principal' | 'Operation' | 'Source' | 'Count' | 'Last' | 'LastEventId'>

/**
 * Lines that differ in their material alone, or in their source where that is not asked for, as one; the newest use
 * first. Source is empty in what is told without it.
 */
export function usesOf(rows: readonly UsageRow[], { bySource }: { bySource: boolean }): Use[] {
  const uses = new Map<string, Use>()
  for (const { Principal, Operation, Source, Count, Last, LastEventId } of rows) {
    const source = bySource ? Source : ''
    const name = JSON.stringify([Principal, Operation, source])
    const before = uses.get(name)
    const newest = before && before.Last >= Last ? before : { Last, LastEventId }
    uses.set(name, {
      Principal,
      Operation,
      Source: source,
      Count: Count + (before?.Count ?? 0),
      Last: newest.Last,
      LastEventId: newest.LastEventId,
    })
  }
  return [...uses.values()].toSorted((a, b) => b.Last - a.Last)
}

export type Series = {
  readonly label: string
  readonly of: (day: UsageDay) => number
}

const ALL: Series = { label: 'Use', of: ({ Encrypt, Decrypt, Other }) => Encrypt + Decrypt + Other }
const OTHER: Series = { label: 'Other', of: ({ Other }) => Other }

/** Encryption and decryption apart, where a key does them; of other keys every use is alike. */
export function seriesOf(usage: KeyUsageName, days: readonly UsageDay[]): readonly Series[] {
  if (usage !== 'ENCRYPT_DECRYPT') return [ALL]
  return [
    { label: 'Encrypt', of: ({ Encrypt }) => Encrypt },
    { label: 'Decrypt', of: ({ Decrypt }) => Decrypt },
    ...(days.some(({ Other }) => Other > 0) ? [OTHER] : []),
  ]
}

/** 3 November 2026, of YYYY-MM-DD. */
export const dayWords = (day: string): string => formatDate(toDate(`${day}T00:00:00Z`))

/** "Decrypt: 1,204 on 12 of 90 days, most on 3 November 2026 (88)." */
export function seriesWords({ label, of }: Series, days: readonly UsageDay[]): string {
  const used = days.filter((day) => of(day) > 0)
  const [first] = used
  if (!first) return `${label}: none in ${count(days.length, 'day')}.`
  const most = used.reduce((best, day) => (of(day) > of(best) ? day : best), first)
  const sum = used.reduce((all, day) => all + of(day), 0)
  return `${label}: ${count(sum, 'time')} on ${used.length} of ${count(days.length, 'day')}, most on ${dayWords(most.Day)} (${of(most)}).`
}

/** What its pages can't know, where that is something. */
export const outsideWords = (spec: KeySpecName): string =>
  isAsymmetric(spec) ? ' Use of its public key outside this server can’t be seen.' : ''

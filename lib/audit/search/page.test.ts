import { expect, it } from 'vitest'
import { windowsOf } from './page.ts'

const day = (days: number) => new Date(Date.UTC(2026, 2, days))
const question = { account: '111122223333', terms: [] }
const place = (at: Date) => ({ ts: at, id: '00000000-0000-7000-8000-000000000000' })

it.each<[string, { from?: Date; to?: Date; at?: Date; now?: Date }, boolean, string[]]>([
  ['a short range at once', { from: day(1), to: day(2) }, true, ['1–2']],
  ['a long one, newest days first', { from: day(1), to: day(31) }, true, ['30–31', '26–30', '10–26', '1–10']],
  ['oldest days first', { from: day(1), to: day(31) }, false, ['1–2', '2–6', '6–22', '22–31']],
  ['from a place on', { from: day(1), to: day(31), at: day(20) }, true, ['19–31', '15–19', '1–15']],
  [
    'what ends later than now, from now on',
    { from: day(1), to: day(31), now: day(4) },
    true,
    ['3–31', '1–3'],
  ],
  ['everything, from now on', { now: day(25) }, true, ['24–', '20–24', '4–20', '–4']],
  ['everything at once, where nobody knows now', {}, true, ['–']],
  ['everything at once, oldest first', { now: day(25) }, false, ['–']],
])('asks %s', (_, { from, to, at, now }, descending, expected) => {
  const step = { from: at && place(at), descending, limit: 1, now }
  const windows = windowsOf({ ...question, from, to }, step)
  expect(windows.map((one) => `${one.from?.getUTCDate() ?? ''}–${one.to?.getUTCDate() ?? ''}`)).toEqual(
    expected,
  )
})

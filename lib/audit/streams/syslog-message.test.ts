import { describe, expect, it } from 'vitest'
import type { StreamedEvent } from './batch.ts'
import { framed, syslogMessage } from './syslog-message.ts'

const TS = new Date('2026-11-25T02:03:04.567Z')
const ID = '01931a2b-0000-7000-8000-000000000000'

const event = (record: unknown, index = 41): StreamedEvent => ({
  ...{ index, id: ID, ts: TS },
  record: typeof record === 'string' ? record : JSON.stringify(record),
})
const said = (record: unknown, index?: number) => syslogMessage(event(record, index)).toString('latin1')

/** RFC 5424 §6, as far as these messages go. */
const MESSAGE = /^<(\d{1,3})>1 (\S+) - keyhouse - ([!-~]{1,32}) \[meta sequenceId="(\d+)"\] (.+)$/

describe('an event as a syslog message', () => {
  it('is its time, its name, its place and its record', () => {
    const record = { eventName: 'Encrypt', keyhouse: { outcome: 'ok' } }
    expect(said(record)).toBe(
      `<110>1 2026-11-25T02:03:04.567Z - keyhouse - Encrypt [meta sequenceId="42"] ${JSON.stringify(record)}`,
    )
  })

  it.each<[string, unknown, number]>([
    ['a success is informational', { keyhouse: { outcome: 'ok' } }, 110],
    ['a denial is a warning', { keyhouse: { outcome: 'denied' } }, 108],
    ['an error is a notice', { keyhouse: { outcome: 'error' } }, 109],
    ['what says nothing is a notice', {}, 109],
    ['what says nonsense is a notice', { keyhouse: null, eventName: null }, 109],
  ])('%s', (_, record, priority) => {
    expect(MESSAGE.exec(said(record))?.[1]).toBe(String(priority))
  })

  it.each<[string, unknown, string]>([
    [
      'is cut at 32 characters',
      { eventName: 'GenerateDataKeyPairWithoutPlaintext' },
      'GenerateDataKeyPairWithoutPlaint',
    ],
    ['has no room for spaces or what is not ASCII', { eventName: 'a b\n"ü' }, 'ab"'],
    ['is a hyphen where there is none', {}, '-'],
  ])('its name %s', (_, record, name) => {
    expect(MESSAGE.exec(said(record))?.[3]).toBe(name)
  })

  it.each<[string, string]>([
    ['a line feed', '\n'],
    ['a carriage return and a null', '\r\0'],
    ['an escape sequence of terminals', '\u001b[31m'],
    ['what is not ASCII', 'Schlüssel 鍵 🔑'],
    ['delete, and controls of C1', '\u007f\u0085\u009b'],
    ['line separators of Unicode', '\u2028\u2029'],
  ])('keeps %s as an escape, in one line of ASCII', (_, text) => {
    const record = { eventName: 'Encrypt', userAgent: text }
    const message = said(record)
    expect(message).toMatch(/^[ -~]+$/)
    expect(JSON.parse(MESSAGE.exec(message)?.[5] ?? '')).toEqual(record)
  })

  it('also of a record that is not written as ours are', () => {
    expect(said('{\n  "eventName": "Encrypt"\n}')).toMatch(/^[ -~]+$/)
  })

  it.each<[number, number]>([
    [0, 1],
    [2_147_483_646, 2_147_483_647],
    [2_147_483_647, 1],
  ])('leaf %i is number %i in the sequence', (index, number) => {
    expect(MESSAGE.exec(said({}, index))?.[4]).toBe(String(number))
  })

  it('that is too long for a datagram says only which event it is', () => {
    const long = event({ eventName: 'Encrypt', userAgent: 'x'.repeat(70_000) })
    const message = syslogMessage(long, 65_507)
    expect(message.length).toBeLessThan(500)
    expect(JSON.parse(MESSAGE.exec(message.toString())?.[5] ?? '')).toMatchObject({ eventID: ID })
  })

  it('has its length before it in a stream', () => {
    const message = syslogMessage(event({}))
    expect(framed(message).toString()).toBe(`${message.length} ${message.toString()}`)
  })
})

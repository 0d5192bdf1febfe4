/** Which events prove which steps of the separation lab. */
import { describe, expect, it } from 'vitest'
import { checksOf, didWhat, type LabEvent } from './checks.ts'
import { STEPS } from './separation.ts'

let clock = 0
const event = (Actor: string, Event: string, Outcome = 'ok', more: Partial<LabEvent> = {}): LabEvent => ({
  ...{ Id: `event-${++clock}`, At: clock * 60, Event, Outcome, Actor, Class: 'crypto' },
  ErrorCode: Outcome === 'ok' ? null : 'AccessDeniedException',
  ...more,
})
const opened = (Actor: string, of: LabEvent) => ({ ...event(Actor, 'GetEvent'), Of: of.Id })
const numbers = (Done: LabEvent[], Opened: ReturnType<typeof opened>[] = []) => [
  ...checksOf({ Done, Opened }).keys(),
]

describe('the steps', () => {
  it.each<[string, LabEvent[], number[]]>([
    ['nothing is done at first', [], []],
    ['1 is a key that alice made', [event('alice', 'CreateKey')], [1]],
    ['1 is not a key that somebody else made', [event('admin', 'CreateKey')], []],
    ['2 is a refusal', [event('alice', 'Encrypt', 'denied')], [2]],
    ['2 is not a success', [event('alice', 'Encrypt')], []],
    ['3 is there and back', [event('bob', 'Encrypt'), event('bob', 'Decrypt')], [3]],
    ['3 is not back without there', [event('bob', 'Decrypt'), event('bob', 'Encrypt')], []],
    ['4 is a switch that bob may not touch', [event('bob', 'DisableKey', 'denied')], [4]],
    [
      '5 is two at once',
      [event('alice', 'Decrypt', 'denied', { At: 100 }), event('bob', 'Decrypt', 'ok', { At: 101 })],
      [5],
    ],
    [
      '5 is not two with a minute between',
      [event('alice', 'Decrypt', 'denied', { At: 100 }), event('bob', 'Decrypt', 'ok', { At: 160 })],
      [],
    ],
    ['8 is a policy that alice changed', [event('alice', 'PutKeyPolicy')], [8]],
    ['10 is the second of them', [event('alice', 'PutKeyPolicy'), event('alice', 'PutKeyPolicy')], [8, 10]],
  ])('%s', (_, done, expected) => {
    expect(numbers(done)).toEqual(expected)
  })

  it('6 and 9 are what carol opened, not what others did', () => {
    const refused = event('alice', 'Encrypt', 'denied')
    const changed = event('alice', 'PutKeyPolicy')
    const done = [refused, changed]
    expect(numbers(done, [opened('carol', refused)])).toEqual([2, 6, 8])
    expect(numbers(done, [opened('carol', changed)])).toEqual([2, 8, 9])
    expect(numbers(done, [opened('alice', refused)])).toEqual([2, 8])
  })

  it('have numbers without gaps, and somewhere to go once there is a key', () => {
    const place = { scope: { account: '111122223333', region: 'eu-west-1' }, alias: 'alias/lab/orders-k3f2' }
    expect(STEPS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    for (const { href } of STEPS) expect(href({ ...place, keyId: 'an-id' })).toMatch(/^\/111122223333\//)
    expect(STEPS.filter(({ href }) => href({ ...place, keyId: null })).map(({ number }) => number)).toEqual([
      1,
    ])
  })
})

describe('what somebody did', () => {
  it.each([
    [event('bob', 'Encrypt'), 'bob called Encrypt'],
    [event('bob', 'DisableKey', 'denied'), 'bob was denied DisableKey'],
    [
      event('bob', 'Decrypt', 'error', { ErrorCode: 'InvalidCiphertextException' }),
      'bob called Decrypt, which failed (InvalidCiphertextException)',
    ],
  ])('is said of %o', (one, words) => {
    expect(didWhat(one)).toBe(words)
  })
})

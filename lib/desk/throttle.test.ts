import { describe, expect, it } from 'vitest'
import { countedAttempt, isBlocked, type Limit } from '#lib/engine/attempt-limit.ts'
import type { Attempts } from '#lib/store/sign-in-failures.ts'
import { ALL_STRANGERS, addressGroup, ONE_PERSON } from './throttle.ts'

const START = Date.UTC(2026, 0, 1)
const at = (ms: number) => new Date(START + ms)

/** Attempts as soon as each is let in; gives the waits between them in seconds. */
function waits(count: number, limit: Limit): number[] {
  const found: number[] = []
  let stored: Attempts | undefined
  let now = 0
  for (let i = 0; i < count; i++) {
    stored = countedAttempt(stored, at(now), limit)
    const wait = stored.blockedUntil ? stored.blockedUntil.getTime() - at(now).getTime() : 0
    found.push(wait / 1000)
    now += wait
  }
  return found
}

describe('attempts on one person', () => {
  it('cost nothing four times, then twice as long each time, up to a quarter of an hour', () => {
    expect(waits(16, ONE_PERSON)).toEqual([0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  })

  it('that come too soon are refused and count for nothing', () => {
    let stored: Attempts | undefined
    for (let i = 0; i < 5; i++) stored = countedAttempt(stored, at(0), ONE_PERSON)
    expect(isBlocked(stored, at(1_999))).toBe(true)
    expect(countedAttempt(stored, at(1_999), ONE_PERSON)).toBe(stored)
    expect(isBlocked(stored, at(2_000))).toBe(false)
  })

  it('are forgotten one by one, so that nobody is locked out for good', () => {
    let stored: Attempts | undefined
    for (let i = 0; i < 5; i++) stored = countedAttempt(stored, at(0), ONE_PERSON)
    const later = countedAttempt(stored, at(3 * ONE_PERSON.forgetMs), ONE_PERSON)
    expect(later).toMatchObject({ failures: 3, blockedUntil: null })
    expect(countedAttempt(stored, at(100 * ONE_PERSON.forgetMs), ONE_PERSON)).toMatchObject({ failures: 1 })
  })
})

describe('attempts of strangers', () => {
  it('go through in a burst of a hundred and then two a second', () => {
    const found = waits(110, ALL_STRANGERS)
    expect(found.slice(0, 99).every((wait) => wait === 0)).toBe(true)
    expect(found.slice(99).every((wait) => wait === 0.5)).toBe(true)
  })

  it('that trickle are never held up', () => {
    let stored: Attempts | undefined
    for (let i = 0; i < 2000; i++) stored = countedAttempt(stored, at(i * 700), ALL_STRANGERS)
    expect(stored).toMatchObject({ blockedUntil: null })
    expect(stored?.failures).toBeLessThan(3)
  })
})

describe('an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000::77', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('%s counts as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group)
  })
})

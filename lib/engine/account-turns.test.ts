import { describe, expect, it } from 'vitest'
import { openAccountTurns } from './account-turns.ts'

describe('turns of an account', () => {
  it('come one after the other, a failed one too, and leave other accounts alone', async () => {
    const inTurn = openAccountTurns()
    const seen: string[] = []
    const work =
      (name: string, failing = false) =>
      async () => {
        seen.push(`${name} begins`)
        await new Promise((resolve) => setImmediate(resolve))
        seen.push(`${name} ends`)
        if (failing) throw new Error(name)
        return name
      }
    const all = await Promise.allSettled([
      inTurn('a', work('first', true)),
      inTurn('a', work('second')),
      inTurn('b', work('other')),
    ])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect(seen.indexOf('second begins')).toBeGreaterThan(seen.indexOf('first ends'))
    expect(seen.indexOf('other begins')).toBeLessThan(seen.indexOf('first ends'))
  })
})

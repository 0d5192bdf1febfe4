/** Two evaluators, written apart from each other, agree about random policies and requests. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Comparison, compare } from './testing-comparison.ts'

describe('two evaluators', () => {
  let compared: Comparison
  beforeAll(() => {
    compared = compare(1, 20_000)
    // Eight seconds of a processor that others may be busy with.
  }, 300_000)

  it('agree about who is allowed, and whose word decides', () => {
    expect(compared.disagreements).toEqual([])
  })

  it.each([
    'allowed',
    'explicit-deny-guardrail',
    'explicit-deny-identity',
    'explicit-deny-boundary',
    'explicit-deny-session',
    'explicit-deny-resource',
    'no-guardrail-policy',
    'no-resource-policy',
    'no-identity-policy',
    'no-boundary-policy',
    'no-session-policy',
  ])('come to "%s" often enough to be compared', (reason) => {
    expect(compared.reasons.get(reason) ?? 0).toBeGreaterThan(100)
  })
})

import { describe, expect, it } from 'vitest'
import type { Principal } from '#lib/domain/caller.ts'
import type { NamedPolicy } from './decision.ts'
import { lockoutSafe } from './lockout.ts'
import { named } from './testing-cases.ts'
import { KEY, OURS, PRINCIPALS } from './testing-principals.ts'

const { bob, root, session } = PRINCIPALS
const anything = { Effect: 'Allow', Action: 'kms:*', Resource: '*' }
const mine = [named('identity', 'administrator', { Statement: anything })]
const silent = named('identity', 'silent', { Statement: { ...anything, Action: 'kms:Decrypt' } })
const statement = { ...anything, Principal: { AWS: bob.arn } }
const asked = { resource: { arn: KEY, account: OURS }, context: new Map() }
const policy = (change: object = {}) => ({ Version: '2012-10-17', Statement: [{ ...statement, ...change }] })

describe('the lockout check', () => {
  it.each<[string, Principal, NamedPolicy[], unknown, boolean]>([
    ['a policy that names the caller', bob, [], policy(), true],
    ['a policy that names the caller for other actions', bob, [], policy({ Action: 'kms:Decrypt' }), false],
    ['a policy that names somebody else', bob, [], policy({ Principal: { AWS: '444455556666' } }), false],
    [
      'a policy that denies the caller',
      bob,
      [],
      { Statement: [statement, { ...statement, Effect: 'Deny', Action: 'kms:Put*' }] },
      false,
    ],
    ['delegation to a caller who may', bob, mine, policy({ Principal: { AWS: OURS } }), true],
    ['delegation to a caller who may not', bob, [], policy({ Principal: { AWS: OURS } }), false],
    ['the root user with its statement', root, [], policy({ Principal: { AWS: OURS } }), true],
    ['the root user without', root, [], policy(), false],
    ['no policy at all', bob, mine, 'nonsense', false],
    [
      'a session that its role is named for',
      session,
      [],
      policy({ Principal: { AWS: session.role?.arn } }),
      true,
    ],
    ['a session by its own name', session, [], policy({ Principal: { AWS: session.arn } }), true],
  ])('%s', (_name, principal, identityPolicies, text, safe) => {
    expect(lockoutSafe({ ...asked, policy: JSON.stringify(text), principal, identityPolicies })).toBe(safe)
  })

  it('counts what bounds the caller', () => {
    const bounded = { ...asked, principal: session, identityPolicies: [], sessionPolicies: [silent] }
    const safe = (arn: string | undefined) =>
      lockoutSafe({ ...bounded, policy: JSON.stringify(policy({ Principal: { AWS: arn } })) })
    expect(safe(session.role?.arn)).toBe(false)
    expect(safe(session.arn)).toBe(true)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Principal } from '#lib/domain/caller.ts'
import { compilePolicy } from './compile.ts'
import { decide, type Question, type StatementRef } from './decide.ts'
import { denialText } from './denial-text.ts'

type Case = {
  readonly description: string
  readonly principal: keyof typeof PRINCIPALS
  /** A policy, or a text that is none; null for actions without a key. */
  readonly keyPolicy: unknown
  readonly identityPolicies: readonly unknown[]
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, string[]>>
  readonly expect: { readonly allowed: boolean; readonly reason: string; readonly deciding: string | null }
}

const OURS = '111122223333'
const THEIRS = '444455556666'
const user = (account: string, name: string): Principal => ({
  kind: 'user',
  partition: 'aws',
  account,
  id: `AIDA${name.toUpperCase()}EXAMPLE000001`,
  name,
  arn: `arn:aws:iam::${account}:user/${name}`,
})
const root = (account: string): Principal => ({
  kind: 'root',
  partition: 'aws',
  account,
  id: account,
  name: 'root',
  arn: `arn:aws:iam::${account}:root`,
})
const PRINCIPALS = {
  bob: user(OURS, 'bob'),
  root: root(OURS),
  dave: user(THEIRS, 'dave'),
  'foreign-root': root(THEIRS),
}

const named = (kind: 'key' | 'identity', name: string, source: unknown) => {
  const text = typeof source === 'string' ? source : JSON.stringify(source)
  return { name, hash: '00', policy: compilePolicy(text, kind) }
}

function questionOf(given: Case): Question {
  const account = given.resource.split(':')[4] ?? PRINCIPALS[given.principal].account
  return {
    principal: PRINCIPALS[given.principal],
    action: given.action,
    resource: { arn: given.resource, account },
    context: new Map(Object.entries(given.context)),
    keyPolicy: given.keyPolicy === null ? null : named('key', 'key', given.keyPolicy),
    identityPolicies: given.identityPolicies.map((source, index) =>
      named('identity', `identity-${index}`, source),
    ),
  }
}

const written = (ref: StatementRef | null) => ref && `${ref.policy.name} ${ref.index}`

const folder = new URL('./testdata/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

describe.each(files)('%s', (file) => {
  const cases: Case[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  it.each(cases.map((given) => [given.description, given] as const))('%s', (_, given) => {
    const decision = decide(questionOf(given))
    const { allowed, reason, deciding } = decision
    expect({ allowed, reason, deciding: written(deciding) }).toEqual(given.expect)
    expect(decision.verdict).toBe(
      allowed ? 'allowed' : reason.startsWith('explicit') ? 'explicit-deny' : 'implicit-deny',
    )
    expect(decision.gates.map((gate) => gate.gate)).toEqual([
      'explicit-deny',
      'key-policy',
      'delegation',
      'identity-policy',
      'grants',
    ])
  })
})

const KEY = `arn:aws:kms:us-east-1:${OURS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
const delegating = {
  Version: '2012-10-17',
  Statement: { Sid: 'Enable IAM', Effect: 'Allow', Principal: { AWS: OURS }, Action: 'kms:*', Resource: '*' },
}

describe('a decision', () => {
  const ask = (given: Partial<Question>): Question => ({
    principal: PRINCIPALS.bob,
    action: 'kms:Decrypt',
    resource: { arn: KEY, account: OURS },
    context: new Map(),
    keyPolicy: named('key', 'default', delegating),
    identityPolicies: [],
    ...given,
  })

  it('shows each gate with the statement that opened it', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Use', Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
    }
    const { gates } = decide(ask({ identityPolicies: [named('identity', 'developers', policy)] }))
    expect(gates.map(({ gate, result, by }) => [gate, result, by?.sid ?? null])).toEqual([
      ['explicit-deny', 'pass', null],
      ['key-policy', 'no', null],
      ['delegation', 'pass', 'Enable IAM'],
      ['identity-policy', 'pass', 'Use'],
      ['grants', 'not-applicable', null],
    ])
  })

  it('remembers every condition value it looked at, and what was absent', () => {
    const Condition = {
      StringLike: { 'kms:ViaService': `\${aws:PrincipalTag/Team}*` },
      Bool: { 'aws:SecureTransport': 'true' },
    }
    const keyPolicy = named('key', 'default', {
      ...delegating,
      Statement: [{ ...delegating.Statement, Condition }],
    })
    const context = new Map([
      ['kms:viaservice', ['s3']],
      ['aws:principaltag/team', ['s']],
      ['aws:userid', ['x']],
    ])
    expect(decide(ask({ keyPolicy, context })).read).toEqual(
      new Map([
        ['kms:viaservice', ['s3']],
        ['aws:principaltag/team', ['s']],
        ['aws:securetransport', null],
      ]),
    )
  })

  it('denies when judging fails', () => {
    const broken = new Map<string, string[]>()
    broken.get = () => {
      throw new Error('the context is broken')
    }
    const Condition = { Bool: { 'aws:SecureTransport': 'true' } }
    const keyPolicy = named('key', 'default', {
      ...delegating,
      Statement: { ...delegating.Statement, Condition, Principal: '*' },
    })
    expect(decide(ask({ keyPolicy, context: broken }))).toMatchObject({
      allowed: false,
      verdict: 'implicit-deny',
    })
  })

  const who = `User: arn:aws:iam::${OURS}:user/bob is not authorized to perform:`
  const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } }
  const denyAll = { ...delegating, Statement: { ...delegating.Statement, Effect: 'Deny' } }
  const nobody = { ...delegating, Statement: { ...delegating.Statement, Principal: { AWS: THEIRS } } }
  it.each([
    [
      'no identity policy',
      {},
      `${who} kms:Decrypt on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
    ],
    [
      'no key policy',
      { keyPolicy: named('key', 'default', nobody) },
      `${who} kms:Decrypt on resource: ${KEY} because no resource-based policy allows the kms:Decrypt action`,
    ],
    [
      'a deny of identity',
      { identityPolicies: [named('identity', 'x', deny)] },
      `${who} kms:Decrypt on resource: ${KEY} with an explicit deny in an identity-based policy`,
    ],
    [
      'a deny of the key',
      { keyPolicy: named('key', 'default', denyAll) },
      `${who} kms:Decrypt on resource: ${KEY} with an explicit deny in a resource-based policy`,
    ],
    [
      'no resource',
      { keyPolicy: null, action: 'kms:CreateKey', resource: { arn: '*', account: OURS } },
      `${who} kms:CreateKey because no identity-based policy allows the kms:CreateKey action`,
    ],
  ])('is refused in the words of AWS: %s', (_, given, text) => {
    const question = ask(given)
    expect(denialText(decide(question), question)).toBe(text)
  })
})

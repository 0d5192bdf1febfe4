/**
 * Test support only: random policies and requests from a seed. Names and values are few, so that policies meet requests
 * often; a little of everything is malformed.
 */
import type { Principal } from '#lib/domain/caller.ts'
import { CONDITION_OPERATORS } from '#lib/domain/condition-operators.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { Grant, GrantConstraints, GrantOperation } from '#lib/domain/grant.ts'
import { Chance } from './testing-chance.ts'
import type { NaiveQuestion } from './testing-naive-evaluator.ts'
import { KEY, OURS, PRINCIPALS, PROVIDER, ROLE, SERVICE, THEIRS } from './testing-principals.ts'

const NAMES = Object.values(PRINCIPALS).flatMap(({ arn, role }) => (role ? [arn, role.arn] : [arn]))

function principalElement(chance: Chance, { arn, role, account }: Principal): unknown {
  if (chance.percent(20)) return '*'
  const own = [arn, role?.arn ?? arn, account, `arn:aws:iam::${account}:root`] as const
  const aws = () =>
    chance.percent(45)
      ? chance.one(account, ...own.filter((name) => name !== SERVICE))
      : chance.one('*', OURS, THEIRS, 'AIDABOBEXAMPLE000001', ROLE, ...NAMES.slice(0, -2))
  const element: Record<string, unknown> = { AWS: chance.some(aws) }
  if (chance.percent(15)) element.Service = chance.some(() => chance.one(SERVICE, 'ec2.amazonaws.com'))
  if (chance.percent(15))
    element.Federated = chance.one(PROVIDER, 'accounts.example.com', `${PROVIDER}/other`)
  if (chance.percent(10)) delete element.AWS
  return element
}

const KEY_ACTIONS = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'kms:RetireGrant',
] as const
const ACTIONS = ['kms:DescribeKey', 'kms:GenerateDataKeyPair', 'KMS:decrypt', 'kms:Frobnicate'] as const
const TRUST = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] as const
const action = (chance: Chance) =>
  chance.percent(60)
    ? chance.one('*', 'kms:*', 'kms:?e*', 'sts:*', 'KMS:*crypt')
    : chance.one(...KEY_ACTIONS, ...ACTIONS, ...TRUST, 'kms:GenerateDataKey*', 'kms:*Grant')
const resource = (chance: Chance) =>
  chance.percent(65)
    ? '*'
    : chance.one(
        KEY,
        'arn:aws:kms:*:*:key/*',
        `arn:aws:kms:us-?ast-1:${OURS}:*`,
        'arn:aws:kms:eu-west-1:*:key/x',
        `arn:aws:kms:*:\${aws:PrincipalAccount}:key/*`,
        `arn:aws:kms:*:*:\${aws:PrincipalTag/Team}*`,
        ROLE,
      )

/** What requests hold and what policies compare with, by family. */
const POOLS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  string: [
    'a',
    'A',
    'ab',
    'a*',
    'b?',
    '*',
    '',
    `\${aws:username}`,
    `x\${*}`,
    `\${aws:PrincipalTag/Team, 'a*'}`,
    `\${kms:many}`,
    'x*',
  ],
  numeric: ['1', '1.0', '2', '-3', '1e1', '10', 'ten'],
  date: [
    '2026-06-15T12:00:00Z',
    '2026-06-15T14:00:00+02:00',
    '2026-06',
    '1781524800',
    '1781524801.5',
    '2027-01-01',
    'soon',
  ],
  bool: ['true', 'false', 'TRUE', 'yes'],
  binary: ['AQID', 'AQI=', '', 'AQJ=', 'AQ'],
  ip: [
    '192.0.2.7',
    '192.0.2.0/24',
    '10.0.0.0/8',
    '10.1.2.3',
    '::ffff:192.0.2.9',
    '::ffff:192.0.2.0/120',
    '2001:db8::1',
    '2001:db8::/33',
    '::/0',
    '0.0.0.0/0',
    '192.0.2.07',
    'here',
  ],
  arn: [
    '*',
    'arn:aws:s3:::orders',
    'arn:aws:s3:::*',
    `arn:aws:iam::${OURS}:user/b?b`,
    'arn:*:*:*:*:*',
    `arn:aws:iam::${OURS}:user/\${aws:username}`,
    `\${aws:PrincipalArn}`,
    `arn:aws:\${aws:PrincipalTag/Team}::a:b:c`,
    `arn:aws:\${aws:username}::a:b`,
    'arn:aws:s3::a:b:c',
    'arn:aws:x:y::a:b',
    'orders',
    `\${aws:username}`,
  ],
  null: ['true', 'false', 'maybe'],
}
const FAMILIES = ['string', 'numeric', 'date', 'bool', 'binary', 'ip', 'arn'] as const
/** Some hold mostly what their name says; the others are what policy variables name. */
const KEYS = [
  ...FAMILIES.map((family) => `kms:${family}`),
  'kms:many',
  'aws:PrincipalTag/Team',
  'aws:SourceArn',
  'aws:username',
  'aws:PrincipalArn',
]

const pooled = (chance: Chance, family: string) => chance.one(...(POOLS[family] ?? ['a']))

function operand(chance: Chance, family: string): unknown {
  const text = pooled(chance, family)
  if (chance.percent(3)) return chance.one<unknown>(null, {}, 7, true, ['a'])
  return chance.percent(5) && Number.isFinite(Number(text)) && text !== '' ? Number(text) : text
}

const keyFor = (chance: Chance, family: string) =>
  chance.percent(60)
    ? chance.one(`kms:${family}`, `KMS:${family}`)
    : (KEYS[chance.below(KEYS.length)] ?? 'kms:many')

function condition(chance: Chance): unknown {
  const clauses: Record<string, Record<string, unknown>> = {}
  for (let more = 1 + chance.below(2); more > 0; more--) {
    const names = Object.keys(CONDITION_OPERATORS)
    const name = names[chance.below(names.length)] ?? 'Null'
    const family = CONDITION_OPERATORS[name]?.family ?? 'null'
    const plain = family === 'null' || chance.percent(40)
    const written = plain
      ? name
      : `${chance.one('', 'ForAllValues:', 'ForAnyValue:')}${name}${chance.one('', 'IfExists')}`
    clauses[chance.percent(2) ? `${written}s` : written] = {
      [keyFor(chance, family)]: chance.some(() => operand(chance, family)),
    }
  }
  return clauses
}

/** One change that makes a statement one that is not understood, mostly. */
function damage(chance: Chance, statement: Record<string, unknown>): void {
  const name = chance.one('Effect', 'Action', 'Resource', 'Principal', 'Sid', 'Condition', 'Extra')
  if (chance.percent(40)) delete statement[name]
  else statement[name] = chance.one<unknown>([], {}, 1, 'x', null, '*', [''], { AWS: [] }, 'arn:aws:kms:${x')
}

/** Most of the names that a principal has: it takes all of them to be spared by a Deny. */
function partsOf(chance: Chance, { arn, role, account }: Principal): unknown {
  const names = [arn, account, role?.arn ?? arn].filter((name) => name !== SERVICE && chance.percent(80))
  return { AWS: names.length > 0 ? names : '*' }
}

type Kind = 'key' | 'trust' | 'identity'

function statement(chance: Chance, kind: Kind, asker: Principal): unknown {
  const negated = (percent: number) => (chance.percent(percent) ? 'Not' : '')
  const made: Record<string, unknown> = { Effect: chance.percent(88) ? 'Allow' : 'Deny' }
  if (kind !== 'identity') {
    if (chance.percent(88)) made.Principal = principalElement(chance, asker)
    else made.NotPrincipal = chance.percent(50) ? principalElement(chance, asker) : partsOf(chance, asker)
  }
  made[`${negated(8)}Action`] = chance.some(() => action(chance))
  if (kind !== 'trust') made[`${negated(8)}Resource`] = chance.some(() => resource(chance))
  if (chance.percent(30)) made.Condition = condition(chance)
  if (chance.percent(3)) damage(chance, made)
  return made
}

function document(chance: Chance, kind: Kind, asker: Principal): unknown {
  if (chance.percent(1))
    return chance.one<unknown>(null, [], 'x', {}, { Statement: [] }, { Statement: {}, Id: 3 })
  const one = () => statement(chance, kind, asker)
  const Statement = chance.percent(20) ? one() : Array.from({ length: 1 + chance.below(4) }, one)
  if (chance.percent(10)) return chance.one({ Statement }, { Version: '2008-10-17', Statement })
  const more = chance.percent(1) ? { Statements: [] } : {}
  return { Version: chance.percent(1) ? '2012-10-18' : '2012-10-17', Statement, ...more }
}

function context(chance: Chance): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const key of KEYS) {
    if (chance.percent(35)) continue
    const own = FAMILIES.find((family) => key === `kms:${family}` && chance.percent(85))
    const family = own ?? chance.one(...FAMILIES)
    const several = key === 'kms:many' ? chance.below(4) : chance.percent(15) ? 2 : 1
    const word = key === 'aws:username' || key === 'aws:PrincipalTag/Team'
    values[key.toLowerCase()] = Array.from({ length: several }, () =>
      word && chance.percent(70) ? chance.one('bob', 's3', 'x:y', 'a*', '*') : pooled(chance, family),
    )
  }
  return values
}

const CONTEXTS: readonly [EncryptionContext, ...EncryptionContext[]] = [
  { tenant: 'acme' },
  { Tenant: 'acme' },
  { tenant: 'beta' },
  { tenant: 'acme', more: 'x' },
]

function constraints(chance: Chance): GrantConstraints | null {
  if (chance.percent(40)) return null
  return chance.one<GrantConstraints>(
    { EncryptionContextEquals: chance.one(...CONTEXTS) },
    { EncryptionContextSubset: chance.one(...CONTEXTS) },
    { SourceArn: 'arn:aws:s3:::orders' },
  )
}

const operations = (chance: Chance): GrantOperation[] =>
  Array.from({ length: 1 + chance.below(3) }, () =>
    chance.one('Decrypt', 'Encrypt', 'CreateGrant', 'RetireGrant', 'DescribeKey', 'GenerateDataKeyPair'),
  )

const grant = (chance: Chance): Grant => ({
  id: String(chance.below(9)),
  grantee: { kind: chance.percent(85) ? 'AWS' : 'Service', name: chance.one(SERVICE, ...NAMES) },
  operations: operations(chance),
  constraints: constraints(chance),
})

const many = <T>(chance: Chance, most: number, make: () => T): T[] =>
  Array.from({ length: chance.below(most + 1) }, make)

/** A request with all that judges it, from the seed alone. */
export function situationOf(seed: number): NaiveQuestion {
  const chance = new Chance(seed)
  const kind = chance.percent(85) ? 'key' : chance.percent(60) ? 'trust' : 'none'
  const principals = Object.values(PRINCIPALS)
  const principal =
    principals[chance.below(principals.length - (kind === 'trust' ? 0 : 1))] ?? PRINCIPALS.holder
  const identity = () => document(chance, 'identity', principal)
  const resource = kind === 'key' ? KEY : kind === 'trust' ? ROLE : '*'
  return {
    principal,
    provider: principal === PRINCIPALS.holder ? PROVIDER : undefined,
    action:
      kind === 'trust'
        ? chance.one(...TRUST)
        : chance.percent(70)
          ? chance.one(...KEY_ACTIONS)
          : chance.one(...ACTIONS),
    resource: { arn: resource, account: kind === 'none' && chance.percent(80) ? principal.account : OURS },
    context: context(chance),
    resourcePolicy: kind === 'none' ? null : { kind, document: document(chance, kind, principal) },
    identityPolicies: many(chance, 2, identity),
    boundary: chance.percent(35) ? identity() : undefined,
    sessionPolicies: chance.percent(30) ? many(chance, 2, identity) : undefined,
    guardrails: chance.percent(25) ? many(chance, 2, identity) : undefined,
    grants: chance.percent(50) ? many(chance, 3, () => grant(chance)) : undefined,
    encryptionContext: chance.percent(60) ? chance.one(...CONTEXTS) : undefined,
    childGrant: chance.percent(60)
      ? { operations: operations(chance), constraints: constraints(chance) }
      : undefined,
  }
}

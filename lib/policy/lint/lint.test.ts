import { describe, expect, it } from 'vitest'
import type { PolicyFindingView } from '#lib/domain/access.ts'
import { defaultKeyPolicy } from '#lib/domain/default-policy.ts'
import { OURS, THEIRS, userOf } from '../testing-principals.ts'
import { applyEdits } from './edits.ts'
import { RULES, type RuleId } from './rules.ts'
import type { Surroundings } from './surroundings.ts'
import {
  account,
  allow,
  changer,
  ids,
  lint,
  policy,
  ROOT,
  role,
  user,
  WORLD,
  window,
} from './testing-lint.ts'

const SIGNING: Partial<Surroundings> = { key: { spec: 'RSA_2048', usage: 'SIGN_VERIFY' } }
const whole = (...statements: object[]) => policy(account, window, ...statements)
const AROA = 'AROAEXAMPLEEXAMPLEX7'

type Case = {
  readonly text: string
  readonly id: RuleId
  /** Part of the message. */
  readonly says: string
  /** The text that is marked; the whole policy without it. */
  readonly at?: string
  readonly more?: Partial<Surroundings>
  /** Whether the fix is mechanical. */
  readonly fixed: boolean
}

const FOUND: [sentence: string, given: Case][] = [
  ['a text that is no JSON', { id: 'JSON-01', text: '{', says: 'Unexpected end', fixed: false }],
  [
    'an element that does not exist',
    {
      id: 'GRAM-01',
      text: whole(allow({ AWS: ROOT }, 'kms:Decrypt', { When: 1 })),
      says: '"When"',
      at: '"When"',
      fixed: false,
    },
  ],
  [
    'a caller who could not change the policy again',
    {
      id: 'LOCK-01',
      text: policy(allow({ AWS: user('bob') }, 'kms:*')),
      says: 'user/alice (you)',
      fixed: false,
    },
  ],
  [
    'a policy that nobody could change again',
    { id: 'LOCK-02', text: policy(allow({ AWS: user('bob') }, 'kms:Decrypt')), says: 'nobody', fixed: false },
  ],
  [
    'a policy that one alone could change',
    { id: 'LOCK-03', text: policy(allow({ AWS: user('bob') }, 'kms:*')), says: 'user/bob', fixed: false },
  ],
  [
    'a statement without actions',
    {
      id: 'NOOP-01',
      text: whole({ Effect: 'Allow', Principal: '*', Resource: '*' }),
      says: 'Statement 3 has no Action',
      fixed: false,
    },
  ],
  [
    'a statement without resources',
    {
      id: 'NOOP-01',
      text: whole({ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' }),
      says: 'has no Resource, so the server rejects it',
      fixed: true,
    },
  ],
  [
    'a resource that is not the key',
    {
      id: 'RES-01',
      text: whole(allow({ AWS: ROOT }, 'kms:Decrypt', { Resource: ['arn:aws:kms:*:*:key/*'] })),
      says: 'must be "*"',
      at: '[\n        "arn:aws:kms:*:*:key/*"\n      ]',
      fixed: true,
    },
  ],
  [
    'a NotResource',
    {
      id: 'RES-01',
      text: whole({ Effect: 'Deny', Principal: '*', Action: 'kms:Sign', NotResource: '*' }),
      says: 'must be "*"',
      at: '"NotResource"',
      fixed: true,
    },
  ],
  [
    'everyone without a condition',
    {
      id: 'PRIN-01',
      text: whole(allow('*', 'kms:Decrypt')),
      says: 'any account use this key',
      at: '"*"',
      fixed: true,
    },
  ],
  [
    'everyone in a list',
    {
      id: 'PRIN-01',
      text: whole(allow({ AWS: [ROOT, '*'] }, 'kms:Decrypt')),
      says: 'any account',
      fixed: true,
    },
  ],
  [
    'the id of a deleted role',
    {
      id: 'PRIN-02',
      text: whole(allow({ AWS: [ROOT, AROA] }, 'kms:Decrypt')),
      says: "AROA…X7 is the ID of a deleted role. Nobody matches it; a new role with the same name won't either.",
      at: `"${AROA}"`,
      fixed: true,
    },
  ],
  [
    'a role that was misspelt',
    {
      id: 'PRIN-03',
      text: whole(allow({ AWS: role('app-bakend') }, 'kms:Decrypt')),
      says: "role/app-bakend doesn't exist. Did you mean role/app-backend?",
      at: `"${role('app-bakend')}"`,
      fixed: true,
    },
  ],
  [
    'somebody who is nobody',
    {
      id: 'PRIN-03',
      text: whole(allow({ AWS: user('zacharias') }, 'kms:Decrypt')),
      says: "user/zacharias doesn't exist.",
      fixed: true,
    },
  ],
  [
    'nobody of another account, without saying who there is',
    {
      id: 'PRIN-03',
      text: whole(allow({ AWS: user('eva', THEIRS) }, 'kms:Decrypt')),
      says: "doesn't exist.",
      fixed: true,
    },
  ],
  [
    'a text that is no principal',
    {
      id: 'PRIN-04',
      text: whole(allow({ AWS: 'bob' }, 'kms:Decrypt')),
      says: '"bob"',
      at: '"bob"',
      fixed: false,
    },
  ],
  [
    'an account that is not known',
    {
      id: 'EXT-01',
      text: whole(allow({ AWS: [ROOT, THEIRS] }, ['kms:Decrypt', 'kms:Encrypt'])),
      says: `Account ${THEIRS} gets Decrypt, Encrypt. It is not on the list of known accounts.`,
      at: `"${THEIRS}"`,
      fixed: true,
    },
  ],
  [
    'one who administers and uses',
    {
      id: 'SOD-01',
      text: whole(
        { ...allow({ AWS: [user('alice')] }, 'kms:Put*'), Sid: 'Admins' },
        allow({ AWS: [user('alice'), user('bob')] }, 'kms:Decrypt'),
      ),
      says: 'user/alice is a key administrator and would also be a key user.',
      at: `"${user('alice')}"`,
      fixed: true,
    },
  ],
  [
    'one who has everything by one statement',
    { id: 'SOD-01', text: whole(allow({ AWS: user('alice') }, 'kms:*')), says: 'user/alice', fixed: false },
  ],
  [
    'one who may create any grant',
    {
      id: 'SOD-02',
      text: whole(allow({ AWS: role('ops') }, ['kms:CreateGrant', 'kms:RevokeGrant'])),
      says: 'role/ops may create grants without kms:GrantIsForAWSResource, so it can hand out use of the key.',
      fixed: true,
    },
  ],
  [
    'an administrator by kms:Create*',
    {
      id: 'SOD-02',
      text: whole(allow({ AWS: role('ops') }, ['kms:Create*', 'kms:Put*'])),
      says: 'role/ops',
      fixed: false,
    },
  ],
  [
    'an action that was misspelt',
    {
      id: 'ACT-01',
      text: whole(allow({ AWS: ROOT }, ['kms:Decript', 'kms:Encrypt'])),
      says: 'kms:Decript is not an action. Did you mean kms:Decrypt?',
      at: '"kms:Decript"',
      fixed: true,
    },
  ],
  [
    'a pattern that means no action',
    {
      id: 'ACT-01',
      text: whole(allow({ AWS: ROOT }, ['kms:Frob*', 'kms:Sign'])),
      says: 'means no action',
      fixed: true,
    },
  ],
  [
    'an action of another usage',
    {
      id: 'ACT-02',
      text: whole(allow({ AWS: ROOT }, ['kms:Sign', 'kms:Decrypt'])),
      says: "kms:Sign never applies: this key's usage is Encrypt, decrypt.",
      at: '"kms:Sign"',
      fixed: true,
    },
  ],
  [
    'data keys of a signing key',
    {
      id: 'ACT-02',
      more: SIGNING,
      text: whole(allow({ AWS: ROOT }, ['kms:GenerateDataKey*', 'kms:Sign'])),
      says: 'Sign, verify',
      fixed: true,
    },
  ],
  [
    'an action that is about no key',
    {
      id: 'ACT-02',
      text: whole(allow({ AWS: ROOT }, ['kms:CreateKey', 'kms:Decrypt'])),
      says: 'not about a key',
      fixed: true,
    },
  ],
  [
    'an action of another service',
    {
      id: 'ACT-02',
      text: whole(allow({ AWS: ROOT }, ['s3:GetObject', 'kms:Decrypt'])),
      says: 'about actions of KMS',
      fixed: true,
    },
  ],
  [
    'an operator of another type',
    {
      id: 'COND-01',
      text: whole(
        allow({ AWS: ROOT }, 'kms:Decrypt', { Condition: { NumericEquals: { 'kms:ViaService': '1' } } }),
      ),
      says: 'kms:ViaService needs a string operator; you used NumericEquals.',
      at: '"kms:ViaService"',
      fixed: true,
    },
  ],
  [
    'an operator that holds another key too',
    {
      id: 'COND-01',
      text: whole(
        allow({ AWS: ROOT }, 'kms:Decrypt', {
          Condition: { Bool: { 'kms:ViaService': 'true', 'aws:SecureTransport': 'true' } },
        }),
      ),
      says: 'kms:ViaService needs a string operator; you used Bool.',
      fixed: false,
    },
  ],
  [
    'a condition key that was misspelt',
    {
      id: 'COND-02',
      text: whole(
        allow({ AWS: ROOT }, 'kms:Decrypt', { Condition: { StringEquals: { 'kms:ViaServices': 'x' } } }),
      ),
      says: 'kms:ViaServices is not a condition key: no request has it. Did you mean kms:ViaService?',
      fixed: true,
    },
  ],
  [
    'a condition key with several values',
    {
      id: 'COND-03',
      text: whole(
        allow({ AWS: ROOT }, 'kms:Decrypt', {
          Condition: { StringEquals: { 'kms:EncryptionContextKeys': 'x' } },
        }),
      ),
      says: 'ForAllValues: or ForAnyValue:',
      fixed: false,
    },
  ],
  [
    'a condition key that describes the key',
    {
      id: 'COND-04',
      text: whole(
        allow({ AWS: ROOT }, 'kms:Decrypt', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'x' } } }),
      ),
      says: 'not permitted in a key policy',
      fixed: false,
    },
  ],
  [
    'Allow with NotPrincipal',
    {
      id: 'NOT-01',
      text: whole({ Effect: 'Allow', NotPrincipal: { AWS: ROOT }, Action: 'kms:Decrypt', Resource: '*' }),
      says: 'allows everyone else',
      at: '"NotPrincipal"',
      fixed: false,
    },
  ],
  [
    'a policy without the account',
    {
      id: 'ROOT-01',
      text: policy(allow({ AWS: user('alice') }, 'kms:*'), window),
      says: 'account statement',
      fixed: true,
    },
  ],
  [
    'deletion without a least waiting period',
    { id: 'DEL-01', text: policy(account), says: 'No minimum waiting period', at: '"kms:*"', fixed: true },
  ],
  [
    'two statements of one name',
    {
      id: 'DUP-01',
      text: whole(allow({ AWS: ROOT }, 'kms:Decrypt'), allow({ AWS: ROOT }, 'kms:Encrypt')),
      says: 'Two statements have the Sid "Use".',
      at: '"Use"',
      fixed: true,
    },
  ],
  [
    'a long policy',
    { id: 'SIZE-01', text: whole().padEnd(33_000), says: '33,000 of 32,768 bytes', fixed: false },
  ],
  [
    'a nearly long policy',
    { id: 'SIZE-02', text: whole().padEnd(27_000), says: '27,000 of 32,768', fixed: false },
  ],
  [
    'a strange character',
    { id: 'CHAR-01', text: whole({ ...account, Sid: 'naïve – or' }), says: 'U+2013', at: '–', fixed: false },
  ],
  [
    'what AWS would refuse',
    {
      id: 'AWS-01',
      text: whole(allow({ AWS: AROA }, 'kms:Decrypt')),
      says: 'invalid principals',
      fixed: false,
    },
  ],
]

const found = ({ text, id, more }: Case) => lint(text, more).find(({ Id }) => Id === id)
const marked = (text: string, { From, To }: PolicyFindingView) => text.slice(From, To)

describe('a key policy', () => {
  it.each(FOUND)('%s', (_, given) => {
    const finding = found(given)
    expect(finding).toMatchObject({
      Severity: RULES[given.id].severity,
      Message: expect.stringContaining(given.says),
    })
    if (given.at !== undefined) expect(marked(given.text, finding!)).toBe(given.at)
    expect(finding?.Fix !== null).toBe(given.fixed)
  })

  it('every rule has a case', () => {
    const cases = new Set(FOUND.map(([, { id }]) => id))
    expect(Object.keys(RULES).filter((id) => !cases.has(id as RuleId))).toEqual(['SID-01'])
  })

  it.each(FOUND.filter(([, { fixed }]) => fixed))(
    'the fix of %s makes it go away, and nothing worse come',
    (_, given) => {
      const finding = found(given)
      const repaired = applyEdits(given.text, finding?.Fix?.Edits ?? [])
      const again = lint(repaired, given.more)
      expect(again.filter(({ Id, Message }) => Id === given.id && Message === finding?.Message)).toEqual([])
      expect(ids(again)).not.toContain('JSON-01')
      const errors = (findings: PolicyFindingView[]) =>
        findings.filter(({ Severity }) => Severity === 'error').length
      expect(errors(again)).toBeLessThanOrEqual(errors(lint(given.text, given.more)))
    },
  )

  it.each([
    ['the policy of CreateKey, but for the waiting period', defaultKeyPolicy('aws', OURS), ['DEL-01']],
    ['one that says all', whole(allow({ AWS: user('bob') }, ['kms:Decrypt', 'kms:DescribeKey'])), []],
    [
      'everyone under a condition',
      whole(allow('*', 'kms:Decrypt', { Condition: { StringEquals: { 'kms:CallerAccount': OURS } } })),
      [],
    ],
    ['everyone denied', whole({ ...allow('*', 'kms:Decrypt'), Effect: 'Deny' }), []],
    ['an account that is known', whole(allow({ AWS: '999988887777' }, 'kms:Decrypt')), []],
    [
      'grants for services',
      whole(
        allow({ AWS: role('ops') }, 'kms:CreateGrant', {
          Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        }),
      ),
      [],
    ],
    [
      'an administrator who is denied use',
      whole(allow({ AWS: user('alice') }, 'kms:*'), {
        ...allow({ AWS: user('alice') }, [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:Generate*',
          'kms:CreateGrant',
        ]),
        Sid: 'Strict',
        Effect: 'Deny',
      }),
      [],
    ],
    [
      'an ARN operator on an encryption context',
      whole(
        allow({ AWS: user('bob') }, 'kms:Decrypt', {
          Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*:*:*' } },
        }),
      ),
      [],
    ],
    [
      'a date operator on seconds',
      whole(
        allow({ AWS: user('bob') }, 'kms:Decrypt', {
          Condition: { DateLessThan: { 'aws:EpochTime': '2030-01-01T00:00:00Z' } },
        }),
      ),
      [],
    ],
  ])('%s is left alone', (_, text, expected) => {
    expect(ids(lint(text))).toEqual(expected)
  })

  it('is known by its whole: findings come by severity and in the order of the text', () => {
    const order = ['error', 'security-warning', 'warning', 'suggestion']
    const text = policy(allow('*', ['kms:Decript', 'kms:Sign']), allow({ AWS: [AROA, THEIRS] }, 'kms:*'))
    const ranks = lint(text).map(({ Severity }) => order.indexOf(Severity))
    expect(new Set(ranks).size).toBe(4)
    expect(ranks).toEqual([...ranks].sort())
  })

  it('does not tell who there is in another account', () => {
    const findings = lint(whole(allow({ AWS: user('eva', THEIRS) }, 'kms:Decrypt')))
    const finding = findings.find(({ Id }) => Id === 'PRIN-03')
    expect(finding?.Message).toBe(`user/eva of account ${THEIRS} doesn't exist.`)
  })

  it('may be read by a session of a role', () => {
    const ops = changer(
      {
        ...userOf(OURS, 'ops'),
        kind: 'role',
        arn: `arn:aws:sts::${OURS}:assumed-role/ops/s`,
        role: { id: 'AROAOPS', name: 'ops', arn: role('ops') },
      },
      false,
    )
    const text = policy(allow({ AWS: role('ops') }, 'kms:*'))
    expect(ids(lint(text, { caller: ops, everyone: [ops] }))).toContain('LOCK-03')
    expect(ids(lint(text, { caller: ops, everyone: [ops] }))).not.toContain('LOCK-01')
  })
})

describe('fixes, one after the other', () => {
  const POOL = FOUND.filter(([, { fixed, more }]) => fixed && !more)
  /** Every pair of faults in one policy, in both layouts. */
  const pairs = POOL.flatMap(([first, a], index) =>
    POOL.slice(index + 1).flatMap(([second, b]) =>
      [null, 2].map(
        (layout) => [`${first}, and ${second}${layout ? '' : ', on one line'}`, a, b, layout] as const,
      ),
    ),
  )
  const both = (a: Case, b: Case, layout: number | null) => {
    const statements = [a, b].flatMap(({ text }) => JSON.parse(text).Statement)
    return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, layout ?? undefined)
  }

  it('end, and leave nothing that has a fix', () => {
    for (const [sentence, a, b, layout] of pairs) {
      let text = both(a, b, layout)
      let rounds = 0
      for (let fix = next(text); fix && rounds < 40; fix = next(text), rounds++)
        text = applyEdits(text, fix.Edits)
      expect(rounds, sentence).toBeLessThan(40)
      expect(ids(lint(text)), sentence).not.toContain('JSON-01')
    }
  })
  const next = (text: string) => lint(text).find(({ Fix }) => Fix !== null)?.Fix
})

const IDENTITY: Partial<Surroundings> = { kind: 'identity', caller: null, everyone: [] }
const TRUST: Partial<Surroundings> = { kind: 'trust', caller: null, everyone: [] }
const may = (Action: unknown, more: object = {}) =>
  policy({ Effect: 'Allow', Action, Resource: '*', ...more })
const trusts = (Principal: unknown, Action: unknown = 'sts:AssumeRole') =>
  policy({ Effect: 'Allow', Principal, Action })

describe('policies of identities', () => {
  it.each<[string, Partial<Surroundings>, string, string[]]>([
    ['what is right', IDENTITY, may(['kms:Decrypt', 's3:GetObject']), []],
    ['a misspelt action', IDENTITY, may('kms:Decript'), ['ACT-01']],
    ['an action of another usage is none of its business', IDENTITY, may('kms:Sign'), []],
    [
      'a key’s tags',
      IDENTITY,
      may('kms:Sign', { Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } }),
      [],
    ],
    [
      'a misspelt condition key',
      IDENTITY,
      may('kms:Sign', { Condition: { Bool: { 'aws:SecureTransprt': 'true' } } }),
      ['COND-02'],
    ],
    [
      'keys of other services',
      IDENTITY,
      may('s3:GetObject', { Condition: { StringEquals: { 's3:prefix': 'a' } } }),
      [],
    ],
    ['a principal', IDENTITY, may('kms:Sign', { Principal: '*' }), ['AWS-01', 'GRAM-01']],
    ['a Sid with a space', IDENTITY, may('kms:Sign', { Sid: 'a b' }), ['AWS-01', 'SID-01']],
    [
      'a boundary that is too long',
      { ...IDENTITY, kind: 'boundary' },
      may(['kms:Sign', `kms:${'x'.repeat(6200)}*`]),
      ['SIZE-01', 'ACT-01'],
    ],
    ['a trust policy', TRUST, trusts({ AWS: user('alice') }), []],
    ['trust in everyone', TRUST, trusts('*'), ['PRIN-01']],
    ['trust in nobody', TRUST, trusts({ AWS: user('alise') }), ['AWS-01', 'PRIN-03']],
    ['trust in another account', TRUST, trusts({ AWS: THEIRS }), ['EXT-01']],
    ['an action that assumes nothing', TRUST, trusts({ AWS: user('alice') }, 'sts:AssumeRoles'), ['ACT-01']],
    ['an action that is none of a role’s', TRUST, trusts({ AWS: user('alice') }, 'kms:Decrypt'), ['ACT-02']],
    [
      'a resource',
      TRUST,
      policy({ Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'sts:AssumeRole', Resource: '*' }),
      ['AWS-01', 'GRAM-01'],
    ],
  ])('%s', (_, more, text, expected) => {
    expect(ids(lint(text, more)).sort()).toEqual([...expected].sort())
  })
})

describe('speed', () => {
  it('thirty statements and five hundred people take less than a pause of typing', () => {
    const statements = Array.from({ length: 30 }, (_, n) =>
      allow(
        { AWS: [user('alice'), user('bob'), role('ops')] },
        ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:Describe*'],
        {
          Sid: `Use ${n}`,
          Condition: { StringEquals: { [`kms:EncryptionContext:tenant${n}`]: 'acme' } },
        },
      ),
    )
    const text = whole(...statements)
    const crowd = Array.from({ length: 500 }, (_, n) => changer(userOf(OURS, `user${n}`), n % 2 === 0))
    const run = () => {
      // Time of this process alone: others may keep the machine busy.
      const from = process.cpuUsage()
      lint(text, { ...WORLD, everyone: crowd })
      const { user: us, system } = process.cpuUsage(from)
      return (us + system) / 1000
    }
    const times = Array.from({ length: 20 }, run).sort((a, b) => a - b)
    // About 10 ms on a machine that does nothing else. What grows with statements times people takes seconds.
    expect(times[0]).toBeLessThan(200)
  })
})

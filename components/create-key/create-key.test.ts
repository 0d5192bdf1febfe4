/** The wizard's rules: aliases, tags, pasted principals, and people in a policy that someone edited. */
import { describe, expect, it } from 'vitest'
import { aliasFault, withoutPrefix } from './alias-fault.ts'
import { crossing, delegates } from './crossing.ts'
import { type Draft, EMPTY_DRAFT } from './draft.ts'
import { fixedPolicy } from './fixed-policy.ts'
import { readAccounts, readArns } from './pasted-arns.ts'
import { policyFindings } from './policy-findings.ts'
import { generatedPolicy, overlap, peopleOf, policyOf, withPeople, withPolicy } from './policy-people.ts'
import { createKeyInput } from './requests.ts'
import { stepFaults } from './step-faults.ts'
import { tagFaults } from './tag-faults.ts'
import { stepOf } from './use-creation.ts'

const owner = { partition: 'aws', account: '111122223333' }
const user = (name: string, account = owner.account) => `arn:aws:iam::${account}:user/${name}`
const draft = (part: Partial<Draft> = {}): Draft => ({
  ...EMPTY_DRAFT,
  administrators: [user('alice')],
  users: [user('bob')],
  ...part,
})
const sids = (policy: string): string[] =>
  JSON.parse(policy).Statement.map((statement: { Sid: string }) => statement.Sid)

describe('an alias', () => {
  it.each([
    ['is needed', '', 'Enter an alias'],
    ['must not be one of AWS’s', 'aws/x', 'is reserved'],
    ['has 256 characters with its prefix at most', 'a'.repeat(251), 'The alias has 257 characters'],
    ['has no spaces', 'a b', '“ ” can’t be in an alias'],
    ['has no colon here', 'a:b', '“:” can’t be'],
  ])('%s', (_, alias, reason) => {
    expect(aliasFault(alias)).toContain(reason)
  })

  it.each(['payments', 'a/b_c-D9', 'a'.repeat(250), 'awsome'])('may be %s', (alias) => {
    expect(aliasFault(alias)).toBeUndefined()
  })

  it('is taken with the prefix that people paste', () => {
    expect(withoutPrefix('alias/payments')).toBe('payments')
  })
})

describe('tags', () => {
  it.each([
    ['a value without a key', [{ key: '', value: 'x' }], 'Enter a key'],
    [
      'a key twice',
      [
        { key: 'a', value: '' },
        { key: 'a', value: '1' },
      ],
      'Another tag has the key “a”',
    ],
    ['a reserved key', [{ key: 'AWS:x', value: '' }], 'reserved'],
    ['a long key', [{ key: 'k'.repeat(129), value: '' }], '129 characters'],
    ['a long value', [{ key: 'k', value: 'v'.repeat(257) }], '257 characters'],
    ['odd characters', [{ key: 'k', value: '<x>' }], 'Use letters'],
  ])('refuse %s', (_, tags, reason) => {
    expect(tagFaults(tags).at(-1)?.message).toContain(reason)
  })

  it('let empty rows and empty values be', () => {
    expect(
      tagFaults([
        { key: '', value: '' },
        { key: 'team', value: '' },
      ]),
    ).toEqual([undefined, undefined])
  })

  it('leave empty rows out of the call', () => {
    const input = createKeyInput(
      draft({
        tags: [
          { key: '', value: '' },
          { key: 'team', value: 'pay' },
        ],
      }),
      owner,
    )
    expect(input).toMatchObject({ Tags: [{ TagKey: 'team', TagValue: 'pay' }] })
    expect(input).not.toHaveProperty('Description')
  })
})

describe('pasted principals', () => {
  const known = new Set([user('alice'), user('bob')])

  it('are taken one by one, each bad one with its reason', () => {
    const pasted = `"${user('bob')}", ${user('nobody')}\n${user('eve', '444455556666')} arn:aws:s3:::x x ${user('alice')} arn:aws:iam::111122223333:root`
    const found = readArns(pasted, { account: owner.account, known, chosen: [user('alice')] })
    expect(found.arns).toEqual([user('bob')])
    expect(found.faults.map(({ message }) => message.slice(0, 20))).toEqual([
      'doesn’t exist in thi',
      'belongs to account 4',
      'isn’t the ARN of a u',
      'isn’t an ARN.',
      'is chosen already.',
      'is a whole account. ',
    ])
  })

  it('are believed where the account’s identities may not be listed', () => {
    expect(readArns(user('nobody'), { account: owner.account, known: undefined, chosen: [] }).arns).toEqual([
      user('nobody'),
    ])
  })

  it('of other accounts are twelve digits, not one’s own, once', () => {
    const found = readAccounts('444455556666 111122223333 12 777788889999', owner.account, ['777788889999'])
    expect(found.arns).toEqual(['444455556666'])
    expect(found.faults.map(({ text }) => text)).toEqual(['111122223333', '12', '777788889999'])
  })
})

describe('people and policy', () => {
  it('agree as long as nobody edits the policy', () => {
    const plain = draft({ accounts: ['444455556666'], allowDeletion: false, grants: false })
    const edited = { ...plain, policy: generatedPolicy(plain, owner).replace('key-consolepolicy-3', 'mine') }
    expect(peopleOf(edited)).toMatchObject({
      administrators: [user('alice')],
      users: [user('bob')],
      accounts: ['444455556666'],
      allowDeletion: false,
      grants: false,
    })
  })

  it('leave what was edited alone when people change', () => {
    const own = '{ "Sid": "Mine", "Effect": "Deny", "Principal": "*", "Action": "kms:Sign", "Resource": "*" }'
    const text = policyOf(draft(), owner).replace(/ \]\n}$/, `, ${own} ]\n}`)
    const edited = withPolicy(draft(), text, owner)
    const changed = withPeople(
      edited,
      { administrators: [user('carol'), user('alice')], allowDeletion: false, users: [] },
      owner,
    )
    expect(changed.policy).toContain(own)
    expect(sids(policyOf(changed, owner))).toEqual([
      'Enable IAM User Permissions',
      'Allow access for Key Administrators',
      'Mine',
    ])
    expect(peopleOf(changed)).toMatchObject({
      administrators: [user('carol'), user('alice')],
      users: [],
      allowDeletion: false,
    })
  })

  it('add the statement that is missing from an edited policy', () => {
    const bare = withPolicy(
      draft({ administrators: [], users: [] }),
      '{"Version":"2012-10-17","Statement":{"Sid":"Root","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}}',
      owner,
    )
    const changed = withPeople(bare, { users: [user('bob')] }, owner)
    expect(sids(policyOf(changed, owner))).toEqual([
      'Root',
      'Allow use of the key',
      'Allow attachment of persistent resources',
    ])
    expect(policyFindings(policyOf(changed, owner), owner, undefined)).toEqual([])
  })

  it('cannot be read from what is no policy', () => {
    expect(peopleOf(draft({ policy: '{' }))).toBeUndefined()
  })

  it('are generated again when the text is typed back', () => {
    expect(withPolicy(draft({ policy: '{}' }), generatedPolicy(draft(), owner), owner).policy).toBeNull()
  })

  it('say who would both manage and use', () => {
    expect(overlap(draft({ users: [user('bob'), user('alice')] }))).toEqual([user('alice')])
  })

  it('name identities that do not exist, with their place', () => {
    const policy = policyOf(draft(), owner)
    const [finding, ...more] = policyFindings(policy, owner, new Set([user('alice')]))
    expect(finding?.message).toBe('user/bob doesn’t exist in this account.')
    expect(policy.slice(finding?.from, finding?.to)).toBe(`"${user('bob')}"`)
    expect(more).toEqual([])
  })
})

describe('strict separation', () => {
  const actionsOf = (policy: string, sid: string): string[] =>
    JSON.parse(policy).Statement.find((one: { Sid: string }) => one.Sid === sid)?.Action ?? []
  const strict = draft({ strict: true })

  it('names every action, creates no grants, and denies use', () => {
    const policy = policyOf(strict, owner)
    const managed = actionsOf(policy, 'Allow access for Key Administrators')
    expect(managed.filter((action) => action.includes('*'))).toEqual([])
    expect(managed).not.toContain('kms:CreateGrant')
    expect(managed).toContain('kms:PutKeyPolicy')
    expect(JSON.parse(policy).Statement.at(-1)).toMatchObject({
      Sid: 'Deny use of the key to Key Administrators',
      Effect: 'Deny',
      Principal: { AWS: user('alice') },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
    })
  })

  it('is brought into a policy that was edited, and taken out of it again', () => {
    const edited = withPolicy(draft(), policyOf(draft(), owner).replace('consolepolicy-3', 'mine'), owner)
    const on = withPeople(edited, { strict: true }, owner)
    expect(JSON.parse(policyOf(on, owner)).Id).toBe('key-mine')
    expect(actionsOf(policyOf(on, owner), 'Allow access for Key Administrators')).not.toContain('kms:Create*')
    expect(peopleOf(on)).toMatchObject({ strict: true, administrators: [user('alice')] })
    const off = withPeople(on, { strict: false }, owner)
    expect(JSON.parse(policyOf(off, owner))).toEqual(JSON.parse(policyOf(edited, owner)))
  })

  it('keeps one person from both only where the installation requires it', () => {
    const both = draft({ users: [user('alice')] })
    const asked = { owner, known: undefined, taken: undefined }
    expect(stepFaults('users', both, { ...asked, requireSeparation: false })).toEqual([])
    expect(stepFaults('users', both, { ...asked, requireSeparation: true })).toEqual([
      'alice would manage and use this key. (SOD-01)',
    ])
  })
})

describe('who crosses', () => {
  const row = (name: string, Group: 'both' | 'users', Kind: 'user' | 'root' = 'user') => ({
    PrincipalArn: user(name),
    Kind,
    Group,
  })

  it('is told by how: by name, or through the account statement', () => {
    const policy = policyOf(draft({ users: [user('alice')] }), owner)
    const rows = [
      row('alice', 'both'),
      row('admin', 'both'),
      row('bob', 'users'),
      row('root', 'both', 'root'),
    ]
    expect(crossing(policy, rows)).toEqual({ named: [user('alice')], delegated: [user('admin')] })
    expect(delegates(policy, owner.account)).toBe(true)
    expect(delegates('{"Version":"2012-10-17","Statement":[]}', owner.account)).toBe(false)
  })

  it('can be put right by the edits of a finding, whatever their order', () => {
    const edits = [
      { From: 1, To: 2, Text: '' },
      { From: 4, To: 5, Text: 'EE' },
    ]
    expect(fixedPolicy('abcdef', { Fix: { Title: '', Edits: edits } })).toBe('acdEEf')
  })
})

describe('a refusal', () => {
  const refusal = (code: string, message: string) =>
    ({ code, message, requestId: null, eventId: null }) as Parameters<typeof stepOf>[0]

  it.each([
    [
      'MalformedPolicyDocumentException',
      'Policy contains a statement with one or more invalid principals.',
      'policy',
    ],
    ['LimitExceededException', 'The key policy is longer than 32768 bytes.', 'policy'],
    ['TagException', 'Duplicate tag keys', 'labels'],
    [
      'ValidationException',
      "1 validation error detected: Value 'x' at 'description' failed to satisfy constraint",
      'labels',
    ],
    ['AccessDeniedException', 'User: …', 'review'],
  ])('%s is put right at its step', (code, message, step) => {
    expect(stepOf(refusal(code, message))).toBe(step)
  })
})

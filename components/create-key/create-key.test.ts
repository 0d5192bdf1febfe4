/** The wizard's rules: aliases, tags, pasted principals, and people in a policy that someone edited. */
import { describe, expect, it } from 'vitest'
import { aliasFault, withoutPrefix } from './alias-fault.ts'
import { type Draft, EMPTY_DRAFT } from './draft.ts'
import { readAccounts, readArns } from './pasted-arns.ts'
import { policyFindings } from './policy-findings.ts'
import { generatedPolicy, overlap, peopleOf, policyOf, withPeople, withPolicy } from './policy-people.ts'
import { createKeyInput } from './requests.ts'
import { tagFaults } from './tag-faults.ts'
import { stepOf } from './use-creation.ts'
import { whoCan } from './who-can.ts'

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

describe('who can', () => {
  it('is read from the generated statements', () => {
    const { principals, delegates } = whoCan(
      policyOf(draft({ accounts: ['444455556666'] }), owner),
      owner.account,
    )
    expect(principals).toEqual([
      { name: 'user/alice', manages: true, uses: false, services: false },
      { name: 'user/bob', manages: false, uses: true, services: true },
      { name: 'account 444455556666', manages: false, uses: true, services: true },
    ])
    expect(delegates).toBe(true)
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

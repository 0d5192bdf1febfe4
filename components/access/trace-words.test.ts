import { describe, expect, it } from 'vitest'
import {
  askFor,
  identityPage,
  keyOf,
  lacks,
  markOf,
  policyPage,
  policyTitle,
  principalName,
  remedyPage,
  type Statement,
  statementTitle,
  verdictOf,
} from './trace-words.ts'

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8'
const ALICE = 'arn:aws:iam::111122223333:user/team/alice'
const keyPage = '/111122223333/eu-west-1/keys/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8'

const statement: Statement = {
  PolicyRole: 'resource',
  PolicyName: 'default',
  Index: 2,
  Sid: 'Allow use of the key',
  Effect: 'Allow',
  Sentence: null,
  Text: null,
  Line: 20,
  Principal: true,
  Action: true,
  Resource: true,
  Conditions: [],
}
const tenant = {
  Operator: 'StringEquals',
  Key: 'kms:EncryptionContext:tenant',
  Values: ['acme'],
  Saw: null,
  Holds: false,
}

describe('what kept a statement from deciding', () => {
  it.each([
    ['nothing', {}, []],
    ['the principal', { Principal: false }, ['names other principals']],
    ['the action, by its name', { Action: false }, ['has no kms:Encrypt']],
    ['the resource', { Resource: false }, ['is about other resources']],
    [
      'a condition, by its key',
      { Conditions: [tenant, { ...tenant, Key: 'aws:SourceIp', Holds: true }] },
      ['its condition on kms:EncryptionContext:tenant isn’t met'],
    ],
  ])('%s', (_, part, words) => {
    expect(lacks({ ...statement, ...part }, 'kms:Encrypt')).toEqual(words)
  })
})

describe('the mark of a gate', () => {
  it.each([
    ['a deny that was found is a cross', 'explicit-deny', 'no', { mark: 'no', words: 'Found' }],
    ['none that was found is nothing yet', 'explicit-deny', 'pass', { mark: 'none', words: 'None found' }],
    ['a policy that allows is passed', 'key-policy', 'pass', { mark: 'pass', words: 'Passed' }],
    [
      'a gate that was not asked is a dash',
      'grants',
      'not-applicable',
      { mark: 'none', words: 'Not applicable' },
    ],
  ] as const)('%s', (_, Gate, Result, mark) => {
    expect(markOf({ Gate, Result })).toEqual(mark)
  })
})

it('names a statement with and without its Sid', () => {
  expect(statementTitle(statement)).toBe('Statement 3 “Allow use of the key”')
  expect(statementTitle({ ...statement, Sid: null })).toBe('Statement 3')
})

it('tells permission from success', () => {
  expect(verdictOf({ Allowed: false, Verdict: 'allowed' }).title).toBe('Permitted, but it fails')
  expect(verdictOf({ Allowed: true, Verdict: 'allowed' }).title).toBe('Allowed')
  expect(verdictOf({ Allowed: false, Verdict: 'explicit-deny' }).title).toBe('Denied by a statement')
  expect(verdictOf({ Allowed: false, Verdict: 'implicit-deny' }).title).toBe('Denied: nothing allows it')
})

describe('where it is read', () => {
  it('a key policy, on its key', () => {
    expect(policyPage({ PrincipalArn: ALICE, Resource: KEY }, 'resource')).toBe(`${keyPage}/policy`)
  })

  it('an identity policy, with its user, whatever the path', () => {
    expect(policyPage({ PrincipalArn: ALICE, Resource: KEY }, 'identity')).toBe(
      '/111122223333/identities/users/alice',
    )
  })

  it.each([
    ['a role', 'arn:aws:iam::111122223333:role/a/worker', '/111122223333/identities/roles/worker'],
    ['a session', 'arn:aws:sts::111122223333:assumed-role/worker/x', '/111122223333/identities/roles/worker'],
    ['the root, which has none', 'arn:aws:iam::111122223333:root', undefined],
    ['a service, which has none', 's3.amazonaws.com', undefined],
  ])('%s', (_, arn, page) => {
    expect(identityPage(arn)).toBe(page)
  })

  it('a guardrail nowhere', () => {
    expect(policyPage({ PrincipalArn: ALICE, Resource: KEY }, 'guardrail')).toBeUndefined()
    expect(policyTitle({ PolicyRole: 'guardrail', PolicyName: 'no-leave' })).toBe('the guardrail no-leave')
  })

  it('what is no key has no key', () => {
    expect(keyOf('arn:aws:kms:eu-west-1:111122223333:alias/a')).toBeUndefined()
    expect(keyOf('*')).toBeUndefined()
  })

  it('a change is made where it belongs, and a request nowhere', () => {
    const of = { PrincipalArn: ALICE, Resource: KEY }
    expect(remedyPage(of, 'key-policy')?.href).toBe(`${keyPage}/policy/edit`)
    expect(remedyPage(of, 'request')).toBeUndefined()
  })
})

describe('a message that asks for access', () => {
  const question = { PrincipalArn: ALICE, Action: 'kms:Decrypt', Resource: KEY }

  it('has the smallest change and its statement', () => {
    const Sentence = 'Add kms:Decrypt to Statement 3 of the key policy.'
    const text = askFor(question, { Sentence, Where: 'key-policy', Statement: '{"Effect":"Allow"}' })
    expect(text).toBe(
      `Please allow kms:Decrypt on ${KEY} for ${ALICE}.\n\nThe smallest change that would do it: ${Sentence}\n\n{"Effect":"Allow"}\n`,
    )
  })

  it('names no resource where there is none', () => {
    expect(askFor({ ...question, Resource: '*' }, null)).toBe(`Please allow kms:Decrypt for ${ALICE}.\n`)
  })
})

it.each([
  ['one of the account', ALICE, 'user/team/alice'],
  ['the account itself', 'arn:aws:iam::111122223333:root', 'account root'],
  ['one of another', 'arn:aws:iam::444455556666:role/r', 'role/r of account 444455556666'],
  ['another account', 'arn:aws:iam::444455556666:root', 'account 444455556666'],
  ['a service', 's3.amazonaws.com', 's3.amazonaws.com'],
])('names %s', (_, arn, name) => {
  expect(principalName(arn, '111122223333')).toBe(name)
})

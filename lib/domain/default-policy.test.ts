import { describe, expect, it } from 'vitest'
import { findAction, KMS_ACTIONS } from './actions.ts'
import { CONDITION_KEYS, findConditionKey } from './condition-keys.ts'
import { consoleKeyPolicy, defaultKeyPolicy } from './default-policy.ts'

const ACCOUNT = '111122223333'
const choices = {
  partition: 'aws',
  account: ACCOUNT,
  administrators: [],
  users: [],
  accounts: [],
  allowDeletion: true,
  grants: true,
}
const statements = (policy: string): { Sid: string; Principal: { AWS: unknown }; Action: unknown }[] =>
  JSON.parse(policy).Statement

describe('the default policy', () => {
  it('is AWS’s to the last space', () => {
    expect(defaultKeyPolicy('aws', ACCOUNT)).toBe(`{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:aws:iam::111122223333:root"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}`)
  })

  it('names the partition of the Region', () => {
    expect(defaultKeyPolicy('aws-cn', ACCOUNT)).toContain('"arn:aws-cn:iam::111122223333:root"')
  })
})

describe('the console policy', () => {
  it('has only the account’s statement when nobody was chosen', () => {
    const policy = consoleKeyPolicy(choices)
    expect(JSON.parse(policy).Id).toBe('key-consolepolicy-3')
    expect(statements(policy).map(({ Sid }) => Sid)).toEqual(['Enable IAM User Permissions'])
  })

  it('writes one principal as text and several as a list, other accounts by their root', () => {
    const written = statements(
      consoleKeyPolicy({ ...choices, administrators: ['a'], users: ['b'], accounts: ['444455556666'] }),
    )
    expect(written.map(({ Sid, Principal }) => [Sid, Principal.AWS])).toEqual([
      ['Enable IAM User Permissions', `arn:aws:iam::${ACCOUNT}:root`],
      ['Allow access for Key Administrators', 'a'],
      ['Allow use of the key', ['b', 'arn:aws:iam::444455556666:root']],
      ['Allow attachment of persistent resources', ['b', 'arn:aws:iam::444455556666:root']],
    ])
  })

  it('leaves out deletion and grants when asked to', () => {
    const policy = consoleKeyPolicy({
      ...choices,
      administrators: ['a'],
      users: ['b'],
      allowDeletion: false,
      grants: false,
    })
    expect(policy).not.toMatch(/KeyDeletion|CreateGrant/)
    expect(policy).toContain('"kms:RotateKeyOnDemand"')
  })
})

describe('the tables', () => {
  it('has every action of KMS, and none that is called ReEncrypt', () => {
    expect(Object.keys(KMS_ACTIONS)).toHaveLength(58)
    expect(findAction('kms:ReEncrypt')).toBeUndefined()
    expect(findAction('KMS:reencryptFROM')).toEqual({ level: 'write', resource: 'key', crossAccount: true })
  })

  it('has each condition key once', () => {
    const names = CONDITION_KEYS.map(({ name }) => name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
  })

  it.each([
    ['KMS:viaservice', 'kms:ViaService'],
    ['kms:EncryptionContext:App', 'kms:EncryptionContext:'],
    ['aws:ResourceTag/team', 'aws:ResourceTag/'],
    ['kms:RecipientAttestation:PCR4', 'kms:RecipientAttestation:PCR'],
    ['kms:RecipientAttestation:ImageSha384', 'kms:RecipientAttestation:ImageSha384'],
    ['kms:Nothing', undefined],
  ])('finds the row of %s', (written, name) => {
    expect(findConditionKey(written)?.name).toBe(name)
  })
})

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

  const actionsOf = (kind: object, sid: string): unknown => {
    const written = statements(consoleKeyPolicy({ ...choices, administrators: ['a'], users: ['b'], ...kind }))
    return written.find(({ Sid }) => Sid === sid)?.Action
  }

  it.each([
    [
      'encrypt with a symmetric key, and make data keys',
      {},
      ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    ],
    [
      'encrypt with an RSA key, and read its public key',
      { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' },
      ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:DescribeKey', 'kms:GetPublicKey'],
    ],
    [
      'sign and verify',
      { spec: 'ML_DSA_65', usage: 'SIGN_VERIFY' },
      ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign', 'kms:Verify'],
    ],
    [
      'make and verify MACs',
      { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' },
      ['kms:DescribeKey', 'kms:GenerateMac', 'kms:VerifyMac'],
    ],
    [
      'agree on secrets',
      { spec: 'ECC_NIST_P256', usage: 'KEY_AGREEMENT' },
      ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:DeriveSharedSecret'],
    ],
    [
      'encapsulate and decapsulate',
      { spec: 'ML_KEM_768', usage: 'ENCAPSULATE_DECAPSULATE' },
      ['kms:Encapsulate', 'kms:Decapsulate', 'kms:DescribeKey', 'kms:GetPublicKey'],
    ],
  ])('lets users %s', (_, kind, actions) => {
    expect(actionsOf(kind, 'Allow use of the key')).toEqual(actions)
  })

  it.each([
    ['rotate a symmetric key', {}, ['kms:RotateKeyOnDemand'], ['kms:ImportKeyMaterial', 'kms:ReplicateKey']],
    [
      'neither rotate nor import an RSA key made here',
      { spec: 'RSA_2048', usage: 'SIGN_VERIFY' },
      [],
      ['kms:RotateKeyOnDemand', 'kms:ImportKeyMaterial'],
    ],
    ['import where material comes from outside', { origin: 'EXTERNAL' }, ['kms:ImportKeyMaterial'], []],
    [
      'replicate a multi-Region key',
      { multiRegion: true, spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' },
      ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'],
      ['kms:RotateKeyOnDemand'],
    ],
  ])('lets administrators %s', (_, kind, some, none) => {
    const actions = actionsOf(kind, 'Allow access for Key Administrators')
    expect(actions).toEqual(expect.arrayContaining(some))
    for (const action of none) expect(actions).not.toContain(action)
  })

  it('has no grants for an HMAC key, which no AWS service takes', () => {
    const grants = 'Allow attachment of persistent resources'
    expect(actionsOf({ spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }, grants)).toBeUndefined()
    expect(actionsOf({ spec: 'RSA_2048', usage: 'SIGN_VERIFY' }, grants)).toContain('kms:CreateGrant')
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

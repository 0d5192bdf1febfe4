/**
 * A request for every operation of KMS, in an order in which each can succeed. Snippets of them are looked at in
 * snippets.test.ts and run in snippets-cli.test.ts. `at` holds what earlier answers gave.
 */
import type { CodeName } from './request.ts'

export type At = Readonly<Record<KeyName | 'grant' | 'token' | 'later', string>>
export type KeyName = 'key' | 'sign' | 'agree' | 'mac' | 'kem' | 'external' | 'family' | 'spare'

type Outcome = 'succeeds' | RegExp
export type Step = readonly [name: CodeName, input: (at: At) => Record<string, unknown>, outcome?: Outcome]

const USER = 'arn:aws:iam::111122223333:user/bob'
const CONTEXT = { tenant: 'acme & sons', "it's": '$HOME "here"' }
const store = { CustomKeyStoreId: 'cks-1234567890abcdef0' }

export const STEPS: readonly Step[] = [
  [
    'CreateKey',
    () => ({
      Description: 'https://wiki.example.com/keys',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      Origin: 'AWS_KMS',
      MultiRegion: false,
      BypassPolicyLockoutSafetyCheck: true,
      Tags: [{ TagKey: 'team', TagValue: 'the shop = two + three @ /home' }],
    }),
  ],
  ['DescribeKey', ({ key }) => ({ KeyId: key })],
  ['GetKeyLastUsage', ({ key }) => ({ KeyId: key })],
  ['ListKeys', () => ({ Limit: 5 })],
  ['UpdateKeyDescription', ({ key }) => ({ KeyId: key, Description: '--not an option' })],
  ['CreateAlias', ({ key }) => ({ AliasName: 'alias/one', TargetKeyId: key })],
  ['UpdateAlias', ({ spare }) => ({ AliasName: 'alias/one', TargetKeyId: spare })],
  ['ListAliases', ({ key }) => ({ KeyId: key })],
  ['DeleteAlias', () => ({ AliasName: 'alias/one' })],
  ['GetKeyPolicy', ({ key }) => ({ KeyId: key, PolicyName: 'default' })],
  [
    'PutKeyPolicy',
    ({ key }) => ({
      KeyId: key,
      PolicyName: 'default',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:root' },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      }),
      BypassPolicyLockoutSafetyCheck: false,
    }),
  ],
  ['ListKeyPolicies', ({ key }) => ({ KeyId: key })],
  ['TagResource', ({ key }) => ({ KeyId: key, Tags: [{ TagKey: 'cost', TagValue: '' }] })],
  ['UntagResource', ({ key }) => ({ KeyId: key, TagKeys: ['cost', 'team'] })],
  ['ListResourceTags', ({ key }) => ({ KeyId: key })],
  [
    'CreateGrant',
    ({ key }) => ({
      KeyId: key,
      GranteePrincipal: USER,
      RetiringPrincipal: USER,
      Operations: ['Decrypt', 'RetireGrant'],
      Constraints: { EncryptionContextSubset: CONTEXT },
      Name: 'from-a-snippet',
    }),
  ],
  ['ListGrants', ({ key }) => ({ KeyId: key, GranteePrincipal: USER })],
  ['ListRetirableGrants', () => ({ RetiringPrincipal: USER, Limit: 10 })],
  ['Encrypt', ({ key }) => ({ KeyId: key, Plaintext: '', EncryptionContext: CONTEXT })],
  ['Decrypt', ({ token }) => ({ CiphertextBlob: '', EncryptionContext: CONTEXT, GrantTokens: [token] })],
  [
    'ReEncrypt',
    ({ key, spare }) => ({
      CiphertextBlob: '',
      SourceKeyId: key,
      SourceEncryptionContext: CONTEXT,
      DestinationKeyId: spare,
      DestinationEncryptionContext: {},
    }),
  ],
  [
    'GenerateDataKey',
    ({ key }) => ({
      KeyId: key,
      KeySpec: 'AES_256',
      Recipient: { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument: '' },
    }),
    /UnsupportedOperationException|ValidationException/,
  ],
  ['GenerateDataKeyWithoutPlaintext', ({ key }) => ({ KeyId: key, NumberOfBytes: 24 })],
  ['GenerateDataKeyPair', ({ key }) => ({ KeyId: key, KeyPairSpec: 'ECC_NIST_P256' })],
  ['GenerateDataKeyPairWithoutPlaintext', ({ key }) => ({ KeyId: key, KeyPairSpec: 'ECC_NIST_P256' })],
  ['GenerateRandom', () => ({ NumberOfBytes: 16 })],
  [
    'RetireGrant',
    ({ key, grant }) => ({ KeyId: key, GrantId: grant, DryRun: true }),
    /DryRunOperationException/,
  ],
  ['RevokeGrant', ({ key, grant }) => ({ KeyId: key, GrantId: grant, DryRun: false })],
  [
    'Sign',
    ({ sign }) => ({ KeyId: sign, Message: '', MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' }),
  ],
  [
    'Verify',
    ({ sign }) => ({
      KeyId: sign,
      Message: '',
      Signature: '',
      MessageType: 'RAW',
      SigningAlgorithm: 'ECDSA_SHA_256',
    }),
  ],
  ['GenerateMac', ({ mac }) => ({ KeyId: mac, Message: '', MacAlgorithm: 'HMAC_SHA_256' })],
  ['VerifyMac', ({ mac }) => ({ KeyId: mac, Message: '', Mac: '', MacAlgorithm: 'HMAC_SHA_256' })],
  ['GetPublicKey', ({ agree }) => ({ KeyId: agree })],
  ['DeriveSharedSecret', ({ agree }) => ({ KeyId: agree, KeyAgreementAlgorithm: 'ECDH', PublicKey: '' })],
  ['Encapsulate', ({ kem }) => ({ KeyId: kem, EncapsulationAlgorithm: 'ML_KEM' })],
  [
    'Decapsulate',
    ({ kem }) => ({ KeyId: kem, SharedSecretCiphertextBlob: '', EncapsulationAlgorithm: 'ML_KEM' }),
  ],
  ['EnableKeyRotation', ({ key }) => ({ KeyId: key, RotationPeriodInDays: 180 })],
  ['GetKeyRotationStatus', ({ key }) => ({ KeyId: key })],
  ['RotateKeyOnDemand', ({ key }) => ({ KeyId: key })],
  ['ListKeyRotations', ({ key }) => ({ KeyId: key, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })],
  ['DisableKeyRotation', ({ key }) => ({ KeyId: key })],
  [
    'GetParametersForImport',
    ({ external }) => ({
      KeyId: external,
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      WrappingKeySpec: 'RSA_2048',
    }),
  ],
  [
    'ImportKeyMaterial',
    ({ external, later }) => ({
      KeyId: external,
      ImportToken: '',
      EncryptedKeyMaterial: '',
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo: Number(later),
    }),
  ],
  ['DeleteImportedKeyMaterial', ({ external }) => ({ KeyId: external })],
  [
    'ReplicateKey',
    ({ family }) => ({ KeyId: family, ReplicaRegion: 'us-east-1', Description: 'There too', Tags: [] }),
  ],
  ['UpdatePrimaryRegion', ({ family }) => ({ KeyId: family, PrimaryRegion: 'us-east-1' })],
  ['DisableKey', ({ key }) => ({ KeyId: key })],
  ['EnableKey', ({ key }) => ({ KeyId: key })],
  ['ScheduleKeyDeletion', ({ key }) => ({ KeyId: key, PendingWindowInDays: 7 })],
  ['CancelKeyDeletion', ({ key }) => ({ KeyId: key })],
  ['DescribeCustomKeyStores', () => ({ Limit: 5 })],
  [
    'CreateCustomKeyStore',
    () => ({
      CustomKeyStoreName: 'store',
      CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
      XksProxyUriEndpoint: 'https://xks.example.com',
      XksProxyUriPath: '/kms/xks/v1',
      XksProxyConnectivity: 'PUBLIC_ENDPOINT',
      XksProxyAuthenticationCredential: {
        AccessKeyId: 'ABCDEFGHIJKLMNOPQRST',
        RawSecretAccessKey: 'never shown',
      },
    }),
    /UnsupportedOperationException|ValidationException|Parameter validation failed/,
  ],
  [
    'UpdateCustomKeyStore',
    () => ({ ...store, KeyStorePassword: 'never shown' }),
    /CustomKeyStoreNotFoundException|UnsupportedOperationException|ValidationException/,
  ],
  ['ConnectCustomKeyStore', () => store, /CustomKeyStoreNotFoundException|UnsupportedOperationException/],
  ['DisconnectCustomKeyStore', () => store, /CustomKeyStoreNotFoundException|UnsupportedOperationException/],
  ['DeleteCustomKeyStore', () => store, /CustomKeyStoreNotFoundException|UnsupportedOperationException/],
]

/** Stands in for what answers would have given. */
export const NOTHING_YET: At = {
  key: '1234abcd-12ab-34cd-56ef-1234567890ab',
  sign: 'alias/sign',
  agree: 'alias/agree',
  mac: 'alias/mac',
  kem: 'alias/kem',
  external: 'alias/external',
  family: 'mrk-1234abcd12ab34cd56ef1234567890ab',
  spare: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  grant: 'a'.repeat(64),
  token: 'token',
  later: '1893456000',
}

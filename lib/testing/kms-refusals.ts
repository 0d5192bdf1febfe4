/** Every way in which a request of an operation can be refused that a caller can bring about, once. */
import { BYTE, creationOf, EXAMPLES, type KmsName, kindFor, SYMMETRIC, type Things } from './kms-examples.ts'
import { create, thingsFor } from './kms-things.ts'
import { SDK_OPERATIONS } from './sdk-shapes.ts'
import type { SdkWorld } from './sdk-world.ts'

const ABSENT = '00000000-0000-4000-8000-000000000000'
const NOTHING = {} as Things

/** The member of an input that names the key. */
const keyMember = (input: object): string | undefined =>
  ['KeyId', 'SourceKeyId', 'TargetKeyId'].find((member) => member in input)

/** What spoils a member that many operations share, or makes a dry run of it. */
const SHARED = { DryRun: true, Marker: 'not a marker', GrantTokens: ['not a token'] }

async function refusalsOf(aws: SdkWorld, operation: KmsName): Promise<void> {
  const things = await thingsFor(aws, operation)
  const { KeyId, arn } = things
  const input = EXAMPLES[operation](things)
  const attempt = (more: object) => aws.send(operation, { ...input, ...more }).catch(() => undefined)
  const has = (name: string) => SDK_OPERATIONS.get(operation)?.input.some(({ path }) => path === name)
  for (const [name, value] of Object.entries(SHARED)) if (has(name)) await attempt({ [name]: value })
  for (const more of SPOILED[operation] ?? []) await attempt(more)
  const member = keyMember(input)
  if (!member) return
  for (const name of [ABSENT, 'arn:aws:kms:eu-west-1', arn.replace(/:key.*/, ':nothing')])
    await attempt({ [member]: name })
  await attempt({ [member]: things.kind === SYMMETRIC ? await signing(aws) : things.other })
  await aws.send('DisableKey', { KeyId })
  await attempt({})
  await aws.send('ScheduleKeyDeletion', { KeyId }).catch(() => undefined)
  await attempt({})
  await attempt({})
}

const signing = (aws: SdkWorld) => create(aws, creationOf(kindFor('Sign')))

const OVERLONG = JSON.stringify({ Version: '2012-10-17', Statement: [], Id: 'x'.repeat(33_000) })
const RSA = 'RSAES_OAEP_SHA_256'
const DUPLICATES = [1, 2].map(() => ({ TagKey: 'a', TagValue: 'b' }))
const SPOILED: Partial<Record<KmsName, readonly object[]>> = {
  CreateAlias: [{ AliasName: 'alias/a b' }, { AliasName: 'alias/a:b' }, { AliasName: 'alias/one' }],
  UpdateAlias: [{ AliasName: 'alias/none' }],
  PutKeyPolicy: [{ Policy: '{' }, { Policy: OVERLONG }, { PolicyName: 'other' }],
  ReplicateKey: [{ Policy: '{' }, { Policy: OVERLONG }, { Tags: DUPLICATES }],
  TagResource: [
    { Tags: DUPLICATES },
    { Tags: Array.from({ length: 51 }, (_, i) => ({ TagKey: `${i}`, TagValue: '' })) },
  ],
  UntagResource: [{ TagKeys: ['aws:a'] }],
  CreateGrant: [{ GranteePrincipal: 'arn:aws:iam::1:user/x' }, { GranteePrincipal: 'nobody' }],
  ListGrants: [{ GrantId: 'x' }],
  RetireGrant: [{ GrantId: 'x' }, { KeyId: undefined, GrantId: undefined, GrantToken: 'x' }],
  RevokeGrant: [{ GrantId: 'x' }],
  Decrypt: [{ EncryptionContext: { a: 'b' } }, { EncryptionAlgorithm: RSA }],
  ReEncrypt: [{ SourceEncryptionContext: { a: 'b' } }, { DestinationEncryptionAlgorithm: RSA }],
  Decapsulate: [{ SharedSecretCiphertextBlob: BYTE }],
  GenerateDataKeyPair: [{ KeyPairSpec: 'SM2' }],
  GenerateDataKeyPairWithoutPlaintext: [{ KeyPairSpec: 'SM2' }],
  Verify: [{ Message: new Uint8Array(2) }],
  VerifyMac: [{ Message: new Uint8Array(2) }],
}

/** What has no key that could be absent, disabled or of the wrong kind. */
async function otherRefusals({ refusal, send }: SdkWorld): Promise<void> {
  await refusal('CreateKey', { Policy: '{' })
  await refusal('CreateKey', { Policy: OVERLONG })
  await refusal('CreateKey', { Tags: DUPLICATES })
  await refusal('CreateKey', { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1234567890abcdef0' })
  await refusal('CreateKey', { KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' })
  await refusal('GenerateRandom', { NumberOfBytes: 8, CustomKeyStoreId: 'cks-1234567890abcdef0' })
  await refusal('ListRetirableGrants', { RetiringPrincipal: 'nobody' })
  await refusal('DeleteAlias', { AliasName: 'alias/none' })
  for (const operation of ['ListKeys', 'ListRetirableGrants', 'DescribeCustomKeyStores'] as const)
    await send(operation, { ...EXAMPLES[operation](NOTHING), Marker: 'x' }).catch(() => undefined)
}

/** Leaves every refusal in the journal. */
export async function refuseEverything(aws: SdkWorld): Promise<void> {
  for (const operation of Object.keys(EXAMPLES) as KmsName[])
    if (!operation.includes('CustomKeyStore')) await refusalsOf(aws, operation)
  await otherRefusals(aws)
}

/**
 * One walk through all of KMS with AWS's SDK: every operation in enough variants that every member of every answer is
 * seen, then every operation in the ways that it can be refused. The journal of the world keeps what was seen.
 */
import { randomBytes } from 'node:crypto'
import { BYTE, CAROL, EXAMPLES, type KmsName, POLICY, type Things } from './kms-examples.ts'
import { refuseEverything } from './kms-refusals.ts'
import { ADMIN, bring, create, thingsFor } from './kms-things.ts'
import type { SdkWorld } from './sdk-world.ts'
import { ACCOUNT, OTHER_REGION, REGION } from './world.ts'

async function aliases({ send }: SdkWorld, KeyId: string, other: string): Promise<void> {
  await send('CreateAlias', { AliasName: 'alias/one', TargetKeyId: KeyId })
  await send('CreateAlias', { AliasName: 'alias/two', TargetKeyId: KeyId })
  const { NextMarker } = await send('ListAliases', { KeyId, Limit: 1 })
  await send('ListAliases', { KeyId, Limit: 1, Marker: NextMarker })
  await send('UpdateAlias', { AliasName: 'alias/two', TargetKeyId: other })
  await send('DeleteAlias', { AliasName: 'alias/two' })
}

/** One key with all the aliases that it may have. */
async function mostAliases(aws: SdkWorld): Promise<void> {
  const TargetKeyId = await create(aws)
  for (let n = 0; n < 50; n++) await aws.send('CreateAlias', { AliasName: `alias/many-${n}`, TargetKeyId })
  await aws.refusal('CreateAlias', { AliasName: 'alias/many', TargetKeyId })
  await aws.refusal('UpdateAlias', { AliasName: 'alias/one', TargetKeyId })
}

async function propertiesOf({ send }: SdkWorld, KeyId: string): Promise<void> {
  await send('ListKeys', { Limit: 1 })
  await send('DescribeKey', { KeyId: 'alias/one' })
  await send('DescribeKey', { KeyId: 'alias/aws/s3' })
  await send('UpdateKeyDescription', { KeyId, Description: 'orders' })
  await send('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy: POLICY })
  await send('GetKeyPolicy', { KeyId })
  await send('ListKeyPolicies', { KeyId, Limit: 1 })
  const Tags = ['a', 'b'].map((TagKey) => ({ TagKey, TagValue: 'x' }))
  await send('TagResource', { KeyId, Tags })
  await send('ListResourceTags', { KeyId, Limit: 1 })
  await send('UntagResource', { KeyId, TagKeys: ['a'] })
}

async function symmetric(aws: SdkWorld, KeyId: string, DestinationKeyId: string): Promise<void> {
  const { send } = aws
  const EncryptionContext = { tenant: 'acme' }
  const { CiphertextBlob } = await send('Encrypt', { KeyId, Plaintext: BYTE, EncryptionContext })
  await send('Decrypt', { CiphertextBlob, EncryptionContext })
  await send('Decrypt', { CiphertextBlob, EncryptionContext, Recipient: aws.recipient() })
  await send('ReEncrypt', { CiphertextBlob, SourceEncryptionContext: EncryptionContext, DestinationKeyId })
  const pair = { KeyId, KeyPairSpec: 'ECC_NIST_P256', EncryptionContext }
  for (const more of [{}, { Recipient: aws.recipient() }]) {
    await send('GenerateDataKey', { KeyId, KeySpec: 'AES_256', ...more })
    await send('GenerateDataKeyPair', { ...pair, ...more })
    await send('GenerateRandom', { NumberOfBytes: 8, ...more })
  }
  await send('GenerateDataKeyWithoutPlaintext', { KeyId, NumberOfBytes: 24 })
  await send('GenerateDataKeyPairWithoutPlaintext', pair)
  await send('GetKeyLastUsage', { KeyId })
}

/** Every operation that wants another kind of key, on one of its own. */
async function otherKinds(aws: SdkWorld): Promise<void> {
  const { send } = aws
  const suited: KmsName[] = ['Verify', 'VerifyMac', 'DeriveSharedSecret', 'Decapsulate', 'Encrypt']
  for (const operation of suited) {
    const things = await thingsFor(aws, operation)
    const input = EXAMPLES[operation](things)
    await send(operation, input)
    await send('DescribeKey', { KeyId: things.KeyId })
    if (operation === 'DeriveSharedSecret') await send(operation, { ...input, Recipient: aws.recipient() })
    if (things.kind.usage.match(/SIGN|AGREE|ENCAPS/)) await send('GetPublicKey', { KeyId: things.KeyId })
  }
  const encrypts = await create(aws, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' })
  await send('GetPublicKey', { KeyId: encrypts })
}

async function rotation(aws: SdkWorld, KeyId: string): Promise<void> {
  const { send } = aws
  await send('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 })
  await send('GetKeyRotationStatus', { KeyId })
  await send('RotateKeyOnDemand', { KeyId })
  await send('RotateKeyOnDemand', { KeyId })
  await send('ListKeyRotations', { KeyId, Limit: 1, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })
  // Less than 20 minutes before it rotates by itself.
  await aws.advance({ days: 89, hours: 23, seconds: 50 * 60 })
  await aws.refusal('RotateKeyOnDemand', { KeyId })
  await send('DisableKeyRotation', { KeyId })
  for (let more = 2; more < 25; more++) await send('RotateKeyOnDemand', { KeyId })
  await aws.refusal('RotateKeyOnDemand', { KeyId })
}

async function grants({ send, refusal }: SdkWorld, KeyId: string): Promise<void> {
  const { Arn } = (await send('DescribeKey', { KeyId })).KeyMetadata
  const common = { KeyId, GranteePrincipal: CAROL, Operations: ['Decrypt'] }
  const retirable = { ...common, RetiringPrincipal: ADMIN }
  const context = { a: 'b' }
  const first = await send('CreateGrant', { ...retirable, Constraints: { EncryptionContextEquals: context } })
  const Constraints = { EncryptionContextSubset: context }
  const second = await send('CreateGrant', { ...retirable, Name: 'second', Constraints })
  await send('CreateGrant', {
    KeyId,
    GranteeServicePrincipal: 'dynamodb.amazonaws.com',
    RetiringServicePrincipal: 'dynamodb.amazonaws.com',
    Operations: ['Decrypt'],
    Constraints: { SourceArn: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders` },
  })
  await send('ListGrants', { KeyId })
  await send('ListGrants', { KeyId, Limit: 1 })
  await send('ListRetirableGrants', { RetiringPrincipal: ADMIN, Limit: 1 })
  await refusal('ListRetirableGrants', { RetiringServicePrincipal: 'dynamodb.amazonaws.com' })
  await send('RetireGrant', { GrantToken: first.GrantToken })
  await send('RetireGrant', { KeyId: Arn, GrantId: second.GrantId })
  const { GrantId } = await send('CreateGrant', common)
  await send('RevokeGrant', { KeyId, GrantId })
}

async function imports(aws: SdkWorld, ValidTo: Date): Promise<void> {
  const { send } = aws
  const KeyId = await create(aws, { Origin: 'EXTERNAL' })
  await bring(aws, KeyId, { ValidTo, KeyMaterialDescription: 'first' })
  await send('DescribeKey', { KeyId })
  await aws.refusal('GetKeyRotationStatus', { KeyId })
  await bring(aws, KeyId, { ValidTo, ImportType: 'NEW_KEY_MATERIAL' })
  await send('RotateKeyOnDemand', { KeyId })
  await send('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })
  // Other bytes than any that it had.
  await bring(aws, KeyId, { ValidTo, ImportType: 'EXISTING_KEY_MATERIAL' }).catch(() => undefined)
  await aws.refusal('ImportKeyMaterial', EXAMPLES.ImportKeyMaterial(only(KeyId)))
  await tokens(aws, KeyId)
  await send('DeleteImportedKeyMaterial', { KeyId })
}

/** A token that is good with bytes that are not, and one that is too old. */
async function tokens(aws: SdkWorld, KeyId: string): Promise<void> {
  const { ImportToken } = await aws.send(
    'GetParametersForImport',
    EXAMPLES.GetParametersForImport(only(KeyId)),
  )
  const terms = { KeyId, ImportToken, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
  await aws.refusal('ImportKeyMaterial', { ...terms, EncryptedKeyMaterial: randomBytes(256) })
  await aws.advance({ days: 2 })
  await aws.refusal('ImportKeyMaterial', { ...terms, EncryptedKeyMaterial: randomBytes(256) })
}

const only = (KeyId: string) => ({ KeyId }) as Things

async function family(aws: SdkWorld): Promise<void> {
  const { send } = aws
  const KeyId = await create(aws, { MultiRegion: true })
  const Tags = [{ TagKey: 'a', TagValue: 'b' }]
  await send('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION, Tags })
  await aws.refusal('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
  await aws.advance({})
  await send('DescribeKey', { KeyId }, OTHER_REGION)
  await send('UpdatePrimaryRegion', { KeyId, PrimaryRegion: OTHER_REGION })
  await aws.advance({})
  await send('ScheduleKeyDeletion', { KeyId }, OTHER_REGION)
  await send('DescribeKey', { KeyId }, OTHER_REGION)
}

async function lifecycle({ send }: SdkWorld, KeyId: string): Promise<void> {
  await send('DisableKey', { KeyId })
  await send('EnableKey', { KeyId })
  await send('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
  await send('DescribeKey', { KeyId })
  await send('CancelKeyDeletion', { KeyId })
}

async function keyStores({ send, refusal }: SdkWorld): Promise<void> {
  await send('DescribeCustomKeyStores', {})
  await refusal('DescribeCustomKeyStores', { CustomKeyStoreName: 'store' })
  for (const operation of ['Create', 'Update', 'Connect', 'Disconnect', 'Delete'] as const) {
    const name = `${operation}CustomKeyStore` as const
    await refusal(name, EXAMPLES[name](only('')))
  }
}

/** The walk. Afterwards the journal has every operation, every answer's members, and the refusals. */
export async function walkThroughKms(aws: SdkWorld): Promise<void> {
  const Tags = [{ TagKey: 'team', TagValue: 'shop' }]
  const KeyId = await create(aws, { Description: 'orders', Tags })
  const other = await create(aws)
  await aliases(aws, KeyId, other)
  await mostAliases(aws)
  await propertiesOf(aws, KeyId)
  await symmetric(aws, KeyId, other)
  await otherKinds(aws)
  await grants(aws, KeyId)
  await family(aws)
  await keyStores(aws)
  await rotation(aws, KeyId)
  await imports(aws, new Date(aws.world.engine.services.clock.now().getTime() + 30 * 86_400_000))
  await lifecycle(aws, other)
  await refuseEverything(aws)
}

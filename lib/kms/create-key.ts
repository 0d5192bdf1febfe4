/** CreateKey: a key of any kind, with the policy given or AWS's default. */
import { defaultKeyPolicy } from '#lib/domain/default-policy.ts'
import { CreateKeyInput } from '#lib/domain/operations/keys.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { loggedAnswer, loggedTags, members } from '#lib/engine/logged.ts'
import { newMaterial } from '#lib/engine/new-material.ts'
import { operation } from '#lib/engine/operation.ts'
import { keyRowMac, type UnsealedKeyRow } from '#lib/engine/row-macs.ts'
import { insertKey } from '#lib/store/keys.ts'
import { insertMaterial } from '#lib/store/materials.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { addPolicyVersion } from '#lib/store/policy-versions.ts'
import { putTags } from '#lib/store/tags.ts'
import { type KeyMetadata, keyMetadata } from './key-metadata.ts'
import { checkKeyQuota } from './key-quota.ts'
import { type CreateKeyRequest, FRESH_KEY, kindOf, newKeyId } from './new-key.ts'
import { checkLockout, checkPolicy, policyText } from './policy-rules.ts'
import { checkTags, MOST_TAGS, tagConditions } from './tag-rules.ts'

type Input = CreateKeyRequest

const plainMembers = members<Input>(
  'Policy',
  'Description',
  'KeyUsage',
  'CustomerMasterKeySpec',
  'KeySpec',
  'Origin',
  'CustomKeyStoreId',
  'BypassPolicyLockoutSafetyCheck',
  'MultiRegion',
  'XksKeyId',
)

/** kms:CreateKey, and kms:TagResource when tags are given; conditions see the effective defaults (facts §8.6). */
async function permitCreation(call: Call, input: Input): Promise<void> {
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT'
  const bypass = input.BypassPolicyLockoutSafetyCheck
  const conditions = {
    'kms:KeySpec': spec,
    'kms:CustomerMasterKeySpec': spec,
    'kms:KeyUsage': input.KeyUsage ?? 'ENCRYPT_DECRYPT',
    'kms:CustomerMasterKeyUsage': input.KeyUsage ?? 'ENCRYPT_DECRYPT',
    'kms:KeyOrigin': input.Origin ?? 'AWS_KMS',
    'kms:MultiRegion': String(input.MultiRegion ?? false),
    'kms:MultiRegionKeyType': input.MultiRegion ? 'PRIMARY' : undefined,
    'kms:BypassPolicyLockoutSafetyCheck': bypass === undefined ? undefined : String(bypass),
    'kms:CallerAccount': call.account,
    ...tagConditions(input.Tags ?? []),
  }
  await call.permit({ conditions })
  if (input.Tags?.length) await call.permit({ action: 'kms:TagResource', conditions })
}

function newRow(call: Call, input: Input, policyHash: Uint8Array): UnsealedKeyRow {
  const kind = kindOf(call, input)
  return {
    ...FRESH_KEY,
    ...kind,
    account: call.account,
    region: call.region,
    id: newKeyId(kind.multiRegion),
    // Material of origin EXTERNAL has still to come.
    state: kind.origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
    description: input.Description ?? '',
    policyHash,
    ...(kind.multiRegion && { primaryRegion: call.region, memberRegions: [call.region] }),
    createdAt: call.now,
    createdBy: call.identity.principal.arn,
  }
}

async function create(call: Call, input: Input): Promise<{ KeyMetadata: KeyMetadata }> {
  await checkKeyQuota(call.services.database.sql, call)
  const policy = policyText(input.Policy ?? defaultKeyPolicy(call.place.partition, call.account))
  const unsealed = newRow(call, input, policy.hash)
  const tags = input.Tags ?? []
  if (tags.length > MOST_TAGS) throw new KmsError('TagException', 'Too many tags')
  checkTags(tags)
  if (input.Policy !== undefined) {
    await checkPolicy(call, input.Policy)
    if (!input.BypassPolicyLockoutSafetyCheck)
      checkLockout(call, input.Policy, { place: call.place, id: unsealed.id })
  }
  const material =
    unsealed.origin === 'EXTERNAL' ? undefined : await newMaterial(call.services.domainKeys, unsealed)
  const row = material
    ? { ...unsealed, currentMaterialId: material.id, publicKey: material.publicKey }
    : unsealed
  const KeyMetadata = keyMetadata(row)
  call.mention({ type: 'AWS::KMS::Key', arn: KeyMetadata.Arn, accountId: call.account })
  return call.change({
    makes: row.id,
    output: { KeyMetadata },
    rows: async (rows, eventId) => {
      await putPolicyDocument(rows, policy)
      await insertKey(rows, { ...row, rowMac: keyRowMac(call.services.rowMacKey, row) })
      await addPolicyVersion(rows, { key: row, policyHash: policy.hash, createdBy: row.createdBy, eventId })
      if (material) await insertMaterial(rows, row, { ...material, at: call.now })
      if (tags.length > 0)
        await putTags(
          rows,
          row,
          tags.map((tag) => ({ key: tag.TagKey, value: tag.TagValue })),
        )
    },
  })
}

export const CreateKey = operation({
  name: 'CreateKey',
  service: 'KMS',
  action: 'kms:CreateKey',
  class: 'admin',
  input: CreateKeyInput,
  async run(call, input) {
    await permitCreation(call, input)
    const made = await call.made()
    if (made === undefined) return create(call, input)
    // An SDK sent the same call again: the key it made is the answer, if the caller may still see it (R40).
    const key = await call.key(made, 'kms:DescribeKey', { deed: 'read' })
    return { KeyMetadata: keyMetadata(key.row) }
  },
  logged: {
    request: (input) => ({ ...plainMembers(input), ...(input.Tags && { tags: loggedTags(input.Tags) }) }),
    response: ({ KeyMetadata }) => ({ keyMetadata: loggedAnswer(KeyMetadata) }),
  },
})

/** CreateKey: a key of its own material, with the policy given or AWS's default. */

import type { z } from 'zod'
import { uuidv4 } from '#lib/crypto/random.ts'
import { defaultKeyPolicy } from '#lib/domain/default-policy.ts'
import { isOffered, KEY_SPECS, type KeyUsageName, type OfferedKeySpec } from '#lib/domain/key-spec.ts'
import { CreateKeyInput } from '#lib/domain/operations/keys.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { newMaterial } from '#lib/engine/new-material.ts'
import { operation } from '#lib/engine/operation.ts'
import { keyRowMac, type UnsealedKeyRow } from '#lib/engine/row-macs.ts'
import { insertKey, insertMaterial } from '#lib/store/keys.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { putTags } from '#lib/store/tags.ts'
import { type KeyMetadata, keyMetadata } from './key-metadata.ts'
import { loggedAnswer, loggedTags, members } from './logged.ts'
import { checkLockout, checkPolicy, policyText } from './policy-rules.ts'
import { checkTags, MOST_TAGS, tagConditions } from './tag-rules.ts'

type Input = z.output<typeof CreateKeyInput>

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

/** Spec and usage, with AWS's rules on what must be said (facts §2.7). */
function kindOf(input: Input): { spec: OfferedKeySpec; usage: KeyUsageName } {
  if (input.KeySpec && input.CustomerMasterKeySpec) {
    throw new KmsError(
      'ValidationException',
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    )
  }
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT'
  const usage = input.KeyUsage ?? (spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : undefined)
  if (!usage) {
    throw new KmsError(
      'ValidationException',
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    )
  }
  if (!isOffered(spec))
    throw new KmsError('UnsupportedOperationException', `KeySpec ${spec} is not offered here.`)
  const usages: readonly KeyUsageName[] = KEY_SPECS[spec].usages
  if (!usages.includes(usage)) {
    throw new KmsError('ValidationException', `KeyUsage ${usage} is not compatible with KeySpec ${spec}`)
  }
  return { spec, usage }
}

function refuseOtherOrigins(input: Input): void {
  const origin = input.Origin ?? 'AWS_KMS'
  if (origin !== 'AWS_KMS' || input.CustomKeyStoreId || input.XksKeyId) {
    throw new KmsError('UnsupportedOperationException', `Origin ${origin} is not offered here.`)
  }
  if (input.MultiRegion)
    throw new KmsError('UnsupportedOperationException', 'Multi-Region keys are not offered here.')
}

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
    'kms:BypassPolicyLockoutSafetyCheck': bypass === undefined ? undefined : String(bypass),
    'kms:CallerAccount': call.account,
    ...tagConditions(input.Tags ?? []),
  }
  await call.permit({ conditions })
  if (input.Tags?.length) await call.permit({ action: 'kms:TagResource', conditions })
}

function newRow(call: Call, input: Input, kind: ReturnType<typeof kindOf>, policyHash: Uint8Array) {
  return {
    account: call.account,
    region: call.region,
    id: uuidv4(),
    ...kind,
    origin: 'AWS_KMS',
    manager: 'CUSTOMER',
    multiRegion: false,
    state: 'Enabled',
    description: input.Description ?? '',
    policyHash,
    deletionAt: null,
    rotationEnabled: false,
    rotationPeriodDays: null,
    nextRotationAt: null,
    onDemandRotations: 0,
    fixedMaterial: false,
    createdAt: call.now,
    createdBy: call.identity.principal.arn,
    rowVersion: 1n,
  } as const
}

async function create(call: Call, input: Input): Promise<{ KeyMetadata: KeyMetadata }> {
  const kind = kindOf(input)
  refuseOtherOrigins(input)
  const tags = input.Tags ?? []
  if (tags.length > MOST_TAGS) throw new KmsError('TagException', 'Too many tags')
  checkTags(tags)
  const policy = policyText(input.Policy ?? defaultKeyPolicy(call.place.partition, call.account))
  const unsealed = newRow(call, input, kind, policy.hash)
  if (input.Policy !== undefined) {
    await checkPolicy(call, input.Policy)
    if (!input.BypassPolicyLockoutSafetyCheck)
      checkLockout(call, input.Policy, { place: call.place, id: unsealed.id })
  }
  const material = await newMaterial(call.services.domainKeys, unsealed)
  const row: UnsealedKeyRow = { ...unsealed, currentMaterialId: material.id }
  const KeyMetadata = keyMetadata(row)
  call.mention({ type: 'AWS::KMS::Key', arn: KeyMetadata.Arn, accountId: call.account })
  return call.change({
    makes: row.id,
    output: { KeyMetadata },
    rows: async (rows) => {
      await putPolicyDocument(rows, policy)
      await insertKey(rows, { ...row, rowMac: keyRowMac(call.services.rowMacKey, row) })
      await insertMaterial(rows, row, { ...material, rotationType: null, at: call.now, dueAt: null })
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

/** Multi-Region families: ReplicateKey, UpdatePrimaryRegion (facts §13). Due work finishes what they begin. */
import type { z } from 'zod'
import { randomBytes } from '#lib/crypto/random.ts'
import { keyArn } from '#lib/domain/arn.ts'
import { defaultKeyPolicy } from '#lib/domain/default-policy.ts'
import { ReplicateKeyInput, UpdatePrimaryRegionInput } from '#lib/domain/operations/replicas.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call, KeyDemand } from '#lib/engine/call.ts'
import { loggedAnswer, loggedTags, members } from '#lib/engine/logged.ts'
import { hasMaterial } from '#lib/engine/material-deletion.ts'
import { operation } from '#lib/engine/operation.ts'
import { keyRowMac, type UnsealedKeyRow } from '#lib/engine/row-macs.ts'
import { insertKey } from '#lib/store/keys.ts'
import { type PolicyText, putPolicyDocument } from '#lib/store/policy-documents.ts'
import { addPolicyVersion } from '#lib/store/policy-versions.ts'
import { putTags } from '#lib/store/tags.ts'
import { type DescribedKey, type KeyMetadata, keyMetadata } from './key-metadata.ts'
import { checkKeyQuota } from './key-quota.ts'
import { FRESH_KEY } from './new-key.ts'
import { checkLockout, checkPolicy, policyText } from './policy-rules.ts'
import { checkTags, MOST_TAGS, type Tag, tagConditions } from './tag-rules.ts'

type ReplicateRequest = z.output<typeof ReplicateKeyInput>

/** Both operations are called where the primary is, on the primary. */
const primaryOnly: KeyDemand['kind'] = ({ arn, row }) =>
  row.multiRegion && row.region === row.primaryRegion
    ? undefined
    : new KmsError('UnsupportedOperationException', `${arn} is not a multi-region primary key.`)

const there = (call: Call, region: string) => ({ ...call.place, region })

/** What CreateKey there would need: identity policies alone decide, as for any key that is not there yet. */
async function permitReplica(call: Call, input: ReplicateRequest, { row }: AllowedKey): Promise<void> {
  const bypass = input.BypassPolicyLockoutSafetyCheck
  const conditions = {
    'kms:KeySpec': row.spec,
    'kms:CustomerMasterKeySpec': row.spec,
    'kms:KeyUsage': row.usage,
    'kms:CustomerMasterKeyUsage': row.usage,
    'kms:KeyOrigin': row.origin,
    'kms:MultiRegion': 'true',
    'kms:MultiRegionKeyType': 'REPLICA',
    'kms:BypassPolicyLockoutSafetyCheck': bypass === undefined ? undefined : String(bypass),
    'kms:CallerAccount': call.account,
    ...tagConditions(input.Tags ?? []),
  }
  const region = input.ReplicaRegion
  await call.permit({ action: 'kms:CreateKey', conditions, region })
  if (input.Tags?.length) await call.permit({ action: 'kms:TagResource', conditions, region })
}

function checkRegion(call: Call, region: string, { row }: AllowedKey): void {
  const arn = keyArn(there(call, region), row.id)
  if (row.memberRegions.includes(region))
    throw new KmsError('AlreadyExistsException', `${arn} already exists.`)
  if (!call.identity.regions.includes(region))
    throw new KmsError('ValidationException', `Region ${region} is not one of the Regions of this account.`)
}

function checkedTags(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > MOST_TAGS) throw new KmsError('TagException', 'Too many tags')
  checkTags(tags)
  return tags
}

/** The policy given, or the default of CreateKey: never a copy of the primary's. */
async function checkedPolicy(call: Call, input: ReplicateRequest, key: AllowedKey): Promise<string> {
  const { Policy: policy, ReplicaRegion: region } = input
  if (policy === undefined) return defaultKeyPolicy(call.place.partition, call.account)
  await checkPolicy(call, policy)
  if (!input.BypassPolicyLockoutSafetyCheck)
    checkLockout(call, policy, { place: there(call, region), id: key.row.id })
  return policy
}

/**
 * A replica may be made again under the id of one that is gone, which another engine may still hold. Versions that
 * began at one for both would let it take the old row for the new.
 */
const firstVersion = (): bigint => BigInt(randomBytes(6).readUIntBE(0, 6)) + 1n

/** Shared properties are the primary's; the others are a new key's. The material follows (lib/jobs/settling.ts). */
function replicaRow(
  call: Call,
  input: ReplicateRequest,
  { primary, policy }: { primary: AllowedKey; policy: PolicyText },
): UnsealedKeyRow {
  const { account, id, spec, usage, origin, fixedMaterial, publicKey, primaryRegion } = primary.row
  const { rotationEnabled, rotationPeriodDays, nextRotationAt, onDemandRotations } = primary.row
  return {
    ...FRESH_KEY,
    ...{ account, id, spec, usage, origin, fixedMaterial, publicKey, primaryRegion },
    ...{ rotationEnabled, rotationPeriodDays, nextRotationAt, onDemandRotations },
    region: input.ReplicaRegion,
    multiRegion: true,
    memberRegions: [...primary.row.memberRegions, input.ReplicaRegion],
    state: 'Creating',
    description: input.Description ?? '',
    policyHash: policy.hash,
    createdAt: call.now,
    createdBy: call.identity.principal.arn,
    rowVersion: firstVersion(),
  }
}

type Replicated = { ReplicaKeyMetadata: KeyMetadata; ReplicaPolicy: string; ReplicaTags: Tag[] }

const answerOf = (row: DescribedKey, policy: string, tags: readonly Tag[]): Replicated => ({
  ReplicaKeyMetadata: keyMetadata(row),
  ReplicaPolicy: policy,
  ReplicaTags: tags.map(({ TagKey, TagValue }) => ({ TagKey, TagValue })),
})

async function replicate(call: Call, input: ReplicateRequest, primary: AllowedKey): Promise<Replicated> {
  checkRegion(call, input.ReplicaRegion, primary)
  const tags = checkedTags(input.Tags ?? [])
  const policy = policyText(await checkedPolicy(call, input, primary))
  const row = replicaRow(call, input, { primary, policy })
  const { memberRegions } = row
  const family = [primary, ...(await call.members(primary))]
  return call.change({
    makes: row.id,
    keys: family.map((key) => ({ key, set: { memberRegions } })),
    async rows(rows, eventId) {
      await putPolicyDocument(rows, policy)
      await insertKey(rows, { ...row, rowMac: keyRowMac(call.services.rowMacKey, row) })
      await addPolicyVersion(rows, { key: row, policyHash: policy.hash, createdBy: row.createdBy, eventId })
      const pairs = tags.map((tag) => ({ key: tag.TagKey, value: tag.TagValue }))
      if (pairs.length > 0) await putTags(rows, row, pairs)
    },
    internal: [{ name: 'CreateKey', key: { arn: keyArn(there(call, row.region), row.id), row } }],
    output: answerOf(row, policy.body, tags),
  })
}

/** An SDK sent the same call again: the replica that it made is the answer (R40). */
async function replicated(call: Call, primary: AllowedKey, region: string): Promise<Replicated | undefined> {
  const replica = await call.member(primary, region, 'kms:DescribeKey', { deed: 'read' })
  if (!replica) return undefined
  const tags = replica.row.tags.map(({ key, value }) => ({ TagKey: key, TagValue: value }))
  return answerOf(replica.row, replica.row.policy, tags)
}

const plainMembers = members<ReplicateRequest>(
  'KeyId',
  'ReplicaRegion',
  'Policy',
  'Description',
  'BypassPolicyLockoutSafetyCheck',
)

export const ReplicateKey = operation({
  name: 'ReplicateKey',
  service: 'KMS',
  action: 'kms:ReplicateKey',
  class: 'admin',
  input: ReplicateKeyInput,
  async run(call, input): Promise<Replicated> {
    const bypass = input.BypassPolicyLockoutSafetyCheck
    const key = await call.key(input.KeyId, 'kms:ReplicateKey', {
      deed: 'replicate',
      kind: primaryOnly,
      conditions: {
        'kms:ReplicaRegion': input.ReplicaRegion,
        'kms:BypassPolicyLockoutSafetyCheck': bypass === undefined ? undefined : String(bypass),
        ...tagConditions(input.Tags ?? []),
      },
    })
    await permitReplica(call, input, key)
    const earlier = (await call.made()) && (await replicated(call, key, input.ReplicaRegion))
    if (earlier) return earlier
    const room = { account: call.account, region: input.ReplicaRegion }
    await checkKeyQuota(call.services.database.sql, room)
    const answer = await replicate(call, input, key)
    call.services.dueWork.ring()
    return answer
  },
  logged: {
    request: (input) => ({ ...plainMembers(input), ...(input.Tags && { tags: loggedTags(input.Tags) }) }),
    response: ({ ReplicaKeyMetadata, ReplicaPolicy, ReplicaTags }) => ({
      replicaKeyMetadata: loggedAnswer(ReplicaKeyMetadata),
      replicaPolicy: ReplicaPolicy,
      replicaTags: loggedTags(ReplicaTags),
    }),
  },
})

/** The replica that is to be the primary, if the caller may make it that. */
async function successor(call: Call, primary: AllowedKey, region: string): Promise<AllowedKey> {
  if (region === primary.row.region)
    throw new KmsError('UnsupportedOperationException', `${primary.arn} is the primary key already.`)
  const replica = await call.member(primary, region, 'kms:UpdatePrimaryRegion', {
    deed: 'updatePrimary',
    conditions: { 'kms:PrimaryRegion': region },
  })
  // Without its material it would be a primary that nothing gives it to any more.
  if (replica && !hasMaterial(replica))
    throw new KmsError('KMSInvalidStateException', `${replica.arn} is creating.`)
  if (replica) return replica
  const arn = keyArn(there(call, region), primary.row.id)
  throw new KmsError('NotFoundException', `Key '${arn}' does not exist`)
}

export const UpdatePrimaryRegion = operation({
  name: 'UpdatePrimaryRegion',
  service: 'KMS',
  action: 'kms:UpdatePrimaryRegion',
  class: 'admin',
  input: UpdatePrimaryRegionInput,
  logged: { request: members('KeyId', 'PrimaryRegion') },
  async run(call, { KeyId, PrimaryRegion: primaryRegion }) {
    const primary = await call.key(KeyId, 'kms:UpdatePrimaryRegion', {
      deed: 'updatePrimary',
      kind: primaryOnly,
      conditions: { 'kms:PrimaryRegion': primaryRegion },
    })
    const next = await successor(call, primary, primaryRegion)
    const others = (await call.members(primary)).filter(({ row }) => row.region !== primaryRegion)
    // The new primary takes the rotation on from where it stands.
    const { rotationEnabled, rotationPeriodDays, nextRotationAt, onDemandRotations } = primary.row
    const rotation = { rotationEnabled, rotationPeriodDays, nextRotationAt, onDemandRotations }
    await call.change({
      keys: [
        { key: primary, set: { primaryRegion, state: 'Updating' } },
        { key: next, set: { primaryRegion, state: 'Updating', ...rotation } },
        ...others.map((key) => ({ key, set: { primaryRegion } })),
      ],
      // AWS logs it in the other Region as well.
      internal: [{ name: 'UpdatePrimaryRegion', key: next }],
      output: undefined,
    })
    call.services.dueWork.ring()
    return undefined
  },
})

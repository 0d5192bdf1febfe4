/** Key policies: each key has one, named default. Every one that was ever in force is kept as a version. */
import type { z } from 'zod'
import { equalBytes } from '#lib/crypto/equal.ts'
import {
  GetKeyPolicyInput,
  ListKeyPoliciesInput,
  PutKeyPolicyInput,
  SaveKeyPolicyInput,
} from '#lib/domain/operations/policies.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { addPolicyVersion, newestPolicyVersion } from '#lib/store/policy-versions.ts'
import { pageOfList } from './paging.ts'
import { checkLockout, checkPolicy, policyText } from './policy-rules.ts'

function checkName(name: string | undefined): void {
  if (name !== undefined && name !== 'default')
    throw new KmsError('NotFoundException', 'No such policy exists')
}

export const GetKeyPolicy = operation({
  name: 'GetKeyPolicy',
  service: 'KMS',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  input: GetKeyPolicyInput,
  logged: { request: (input) => ({ keyId: input.KeyId, policyName: input.PolicyName ?? 'default' }) },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:GetKeyPolicy', { deed: 'read' })
    checkName(input.PolicyName)
    return { Policy: key.row.policy, PolicyName: 'default' }
  },
})

type SaveRequest = z.output<typeof SaveKeyPolicyInput>

/** Read after the key: whoever moves it meanwhile makes this call be decided anew. */
async function checkExpected(call: Call, key: AllowedKey, expected: number | undefined): Promise<void> {
  if (expected === undefined) return
  const newest = await newestPolicyVersion(call.services.database.sql, key.row)
  if (newest === expected) return
  const text = `The key policy is at version ${newest} by now, not at version ${expected}. Nothing was saved.`
  throw new KmsError('ConflictException', text)
}

/** Puts a text in force, and keeps it as a version unless it is in force already. */
function putPolicy(call: Call, key: AllowedKey, body: string): Promise<undefined> {
  const policy = policyText(body)
  const same = equalBytes(policy.hash, key.row.policyHash)
  return call.change({
    keys: [{ key, set: { policyHash: policy.hash } }],
    async rows(rows, eventId) {
      if (same) return
      await putPolicyDocument(rows, policy)
      const createdBy = call.identity.principal.arn
      await addPolicyVersion(rows, { key: key.row, policyHash: policy.hash, createdBy, eventId })
    },
    output: undefined,
  })
}

async function save(call: Call, input: SaveRequest): Promise<undefined> {
  const bypass = input.BypassPolicyLockoutSafetyCheck
  const conditions = {
    'kms:BypassPolicyLockoutSafetyCheck': bypass === undefined ? undefined : String(bypass),
  }
  const key = await call.key(input.KeyId, 'kms:PutKeyPolicy', { deed: 'changePolicy', conditions })
  checkName(input.PolicyName)
  await checkExpected(call, key, input.ExpectedVersion)
  await checkPolicy(call, input.Policy)
  if (!bypass) checkLockout(call, input.Policy, { place: key.place, id: key.row.id })
  return putPolicy(call, key, input.Policy)
}

const PUT = {
  name: 'PutKeyPolicy',
  service: 'KMS',
  action: 'kms:PutKeyPolicy',
  class: 'admin',
  logged: {
    request: members<SaveRequest>('KeyId', 'PolicyName', 'Policy', 'BypassPolicyLockoutSafetyCheck'),
  },
} as const

export const PutKeyPolicy = operation({
  ...PUT,
  input: PutKeyPolicyInput,
  run: (call, input: z.output<typeof PutKeyPolicyInput>) => save(call, input),
})

/** PutKeyPolicy at the desk: it may say which version it was made from (console POL-6). In no list of the wire's. */
export const SaveKeyPolicy = operation({ ...PUT, input: SaveKeyPolicyInput, run: save })

export const ListKeyPolicies = operation({
  name: 'ListKeyPolicies',
  service: 'KMS',
  action: 'kms:ListKeyPolicies',
  class: 'read',
  input: ListKeyPoliciesInput,
  logged: { request: members('KeyId', 'Limit', 'Marker') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:ListKeyPolicies', { deed: 'read' })
    const page = { all: ['default'], limit: input.Limit ?? 100, marker: input.Marker, scope: key.row.id }
    const { rows, more } = pageOfList(call, page)
    return { PolicyNames: rows, ...more }
  },
})

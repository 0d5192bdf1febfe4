/** Key policies: each key has one, named default. */
import {
  GetKeyPolicyInput,
  ListKeyPoliciesInput,
  PutKeyPolicyInput,
} from '#lib/domain/operations/policies.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { members } from './logged.ts'
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

export const PutKeyPolicy = operation({
  name: 'PutKeyPolicy',
  service: 'KMS',
  action: 'kms:PutKeyPolicy',
  class: 'admin',
  input: PutKeyPolicyInput,
  logged: { request: members('KeyId', 'PolicyName', 'Policy', 'BypassPolicyLockoutSafetyCheck') },
  async run(call, input) {
    const bypass = input.BypassPolicyLockoutSafetyCheck
    const conditions = {
      'kms:BypassPolicyLockoutSafetyCheck': bypass === undefined ? undefined : String(bypass),
    }
    const key = await call.key(input.KeyId, 'kms:PutKeyPolicy', { deed: 'changePolicy', conditions })
    checkName(input.PolicyName)
    await checkPolicy(call, input.Policy)
    if (!bypass) checkLockout(call, input.Policy, { place: key.place, id: key.row.id })
    const policy = policyText(input.Policy)
    return call.change({
      keys: [{ key, set: { policyHash: policy.hash } }],
      rows: (rows) => putPolicyDocument(rows, policy),
      output: undefined,
    })
  },
})

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

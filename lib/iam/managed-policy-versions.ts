/** Versions of managed policies: five at most, one in force (facts §18.3). */
import {
  CreatePolicyVersionInput,
  ListOfPolicyInput,
  PolicyVersionInput,
} from '#lib/domain/operations/iam-policies.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  addManagedPolicyVersion,
  deleteManagedPolicyVersion,
  type ManagedPolicyRow,
  managedPolicyVersions,
  type PolicyVersionRow,
  setDefaultVersion,
} from '#lib/store/managed-policies.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { permittedPolicy } from './policy-lookup.ts'
import { encodedDocument, managedPolicyText } from './policy-text.ts'

const MOST_VERSIONS = 5

const versionInList = (
  policy: ManagedPolicyRow,
  { version, createdAt }: Omit<PolicyVersionRow, 'document'>,
) => ({
  VersionId: `v${version}`,
  IsDefaultVersion: version === policy.defaultVersion,
  CreateDate: createdAt,
})

/** @throws AccessDeniedException, NoSuchEntity */
async function permittedVersion(
  call: Call,
  { PolicyArn, VersionId }: { PolicyArn: string; VersionId: string },
) {
  const policy = await permittedPolicy(call, PolicyArn)
  const versions = await managedPolicyVersions(call.services.database, policy.id)
  const version = versions.find((row) => `v${row.version}` === VersionId)
  if (version) return { policy, version }
  const text = `Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`
  throw new KmsError('NoSuchEntity', text)
}

/** The version that this very call made before, when an SDK sends it again (R40). */
async function madeBefore(call: Call, policy: ManagedPolicyRow): Promise<PolicyVersionRow | undefined> {
  const made = await call.made()
  if (made === undefined) return undefined
  const versions = await managedPolicyVersions(call.services.database, policy.id)
  return versions.find(({ version }) => `${policy.id}/v${version}` === made)
}

export const CreatePolicyVersion = operation({
  name: 'CreatePolicyVersion',
  service: 'IAM',
  action: 'iam:CreatePolicyVersion',
  class: 'admin',
  input: CreatePolicyVersionInput,
  async run(call, { PolicyArn, PolicyDocument, SetAsDefault: inForce = false }) {
    const policy = await permittedPolicy(call, PolicyArn)
    const before = await madeBefore(call, policy)
    if (before) return { PolicyVersion: versionInList(policy, before) }
    const text = managedPolicyText(PolicyDocument)
    if ((await managedPolicyVersions(call.services.database, policy.id)).length >= MOST_VERSIONS) {
      throw new KmsError(
        'LimitExceeded',
        `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an ` +
          'existing version.',
      )
    }
    const version = policy.lastVersion + 1
    const at = call.services.clock.real()
    return changeIdentity(call, {
      makes: `${policy.id}/v${version}`,
      rows: (rows) => addManagedPolicyVersion(rows, { id: policy.id, version, policy: text, at, inForce }),
      output: { PolicyVersion: { VersionId: `v${version}`, IsDefaultVersion: inForce, CreateDate: at } },
    })
  },
  logged: {
    request: members('PolicyArn', 'PolicyDocument', 'SetAsDefault'),
    response: ({ PolicyVersion }) => ({
      policyVersion: { versionId: PolicyVersion.VersionId, isDefaultVersion: PolicyVersion.IsDefaultVersion },
    }),
  },
})

export const GetPolicyVersion = operation({
  name: 'GetPolicyVersion',
  service: 'IAM',
  action: 'iam:GetPolicyVersion',
  class: 'read',
  input: PolicyVersionInput,
  logged: { request: members('PolicyArn', 'VersionId') },
  async run(call, input) {
    const { policy, version } = await permittedVersion(call, input)
    return {
      PolicyVersion: { Document: encodedDocument(version.document), ...versionInList(policy, version) },
    }
  },
})

export const ListPolicyVersions = operation({
  name: 'ListPolicyVersions',
  service: 'IAM',
  action: 'iam:ListPolicyVersions',
  class: 'read',
  input: ListOfPolicyInput,
  logged: { request: members('PolicyArn', 'MaxItems', 'Marker') },
  async run(call, input) {
    const policy = await permittedPolicy(call, input.PolicyArn)
    const all = await managedPolicyVersions(call.services.database, policy.id)
    // The newest comes first.
    const by = ({ version }: PolicyVersionRow) => String(1_000_000_000 - version)
    const { rows, more } = pageOf(call, { all, by, page: input, scope: policy.id })
    return { Versions: rows.map((version) => versionInList(policy, version)), ...more }
  },
})

export const SetDefaultPolicyVersion = operation({
  name: 'SetDefaultPolicyVersion',
  service: 'IAM',
  action: 'iam:SetDefaultPolicyVersion',
  class: 'admin',
  input: PolicyVersionInput,
  logged: { request: members('PolicyArn', 'VersionId') },
  async run(call, input) {
    const { policy, version } = await permittedVersion(call, input)
    const inForce = { id: policy.id, version: version.version, at: call.services.clock.real() }
    return changeIdentity(call, { rows: (rows) => setDefaultVersion(rows, inForce), output: undefined })
  },
})

export const DeletePolicyVersion = operation({
  name: 'DeletePolicyVersion',
  service: 'IAM',
  action: 'iam:DeletePolicyVersion',
  class: 'admin',
  input: PolicyVersionInput,
  logged: { request: members('PolicyArn', 'VersionId') },
  async run(call, input) {
    const { policy, version } = await permittedVersion(call, input)
    if (version.version === policy.defaultVersion)
      throw new KmsError('DeleteConflict', 'Cannot delete the default version of a policy.')
    return changeIdentity(call, {
      rows: (rows) => deleteManagedPolicyVersion(rows, policy.id, version.version),
      output: undefined,
    })
  },
})

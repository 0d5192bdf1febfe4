/** IAM's operations on managed policies (facts §18.3). Their versions are managed-policy-versions.ts. */
import { policyArn } from '#lib/domain/arn.ts'
import {
  CreatePolicyInput,
  ListEntitiesForPolicyInput,
  ListPoliciesInput,
  PolicyInput,
} from '#lib/domain/operations/iam-policies.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  addManagedPolicy,
  countManagedPolicies,
  deleteManagedPolicy,
  type Entity,
  entitiesOf,
  hasManagedPolicy,
  listManagedPolicies,
  type ManagedPolicyRow,
  managedPolicyVersions,
  readManagedPolicy,
} from '#lib/store/managed-policies.ts'
import { managedPolicyTags, putManagedPolicyTags } from '#lib/store/managed-policy-tags.ts'
import { newPolicyId } from './identifiers.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { arnOfPolicy, permittedPolicy } from './policy-lookup.ts'
import { managedPolicyText } from './policy-text.ts'
import { checkTags, iamTagsOf, loggedIamTags, requestTagValues, tagRows } from './principal-tags.ts'

const PER_ACCOUNT = 1500

/** As lists show it: without description and tags. */
const policyInList = (call: Call, policy: ManagedPolicyRow) => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: arnOfPolicy(call, policy),
  Path: policy.path,
  DefaultVersionId: `v${policy.defaultVersion}`,
  AttachmentCount: policy.attachments,
  PermissionsBoundaryUsageCount: policy.bounded,
  IsAttachable: true,
  CreateDate: policy.createdAt,
  UpdateDate: policy.updatedAt,
})

const described = (call: Call, policy: ManagedPolicyRow) => ({
  ...policyInList(call, policy),
  ...(policy.description !== '' && { Description: policy.description }),
})

/** The policy that this very call made before, when an SDK sends it again (R40). */
async function madeBefore(call: Call): Promise<ManagedPolicyRow | undefined> {
  const id = await call.made()
  return id === undefined ? undefined : readManagedPolicy(call.services.database, id)
}

async function checkRoom({ services, account }: Call, name: string): Promise<void> {
  if (await hasManagedPolicy(services.database, account, name)) {
    const text = `A policy called ${name} already exists. Duplicate names are not allowed.`
    throw new KmsError('EntityAlreadyExists', text)
  }
  if ((await countManagedPolicies(services.database, account)) >= PER_ACCOUNT)
    throw new KmsError('LimitExceeded', `Cannot exceed quota for PoliciesPerAccount: ${PER_ACCOUNT}`)
}

export const CreatePolicy = operation({
  name: 'CreatePolicy',
  service: 'IAM',
  action: 'iam:CreatePolicy',
  class: 'admin',
  input: CreatePolicyInput,
  async run(call, input) {
    const { PolicyName: name, Path: path = '/', Description: description = '', Tags = [] } = input
    const resource = policyArn(call.identity.principal.partition, call.account, path, name)
    const asked = { resource, shown: `policy ${name}`, conditions: requestTagValues(Tags) }
    await call.permit(asked)
    if (Tags.length > 0) await call.permit({ ...asked, action: 'iam:TagPolicy' })
    const before = await madeBefore(call)
    if (before) return { Policy: { ...described(call, before), ...(Tags.length > 0 && { Tags }) } }
    const policy = managedPolicyText(input.PolicyDocument)
    checkTags(Tags, [], 'TagsPerPolicy')
    await checkRoom(call, name)
    const at = call.services.clock.real()
    const named = { id: newPolicyId(), account: call.account, path, name, description }
    const made = {
      ...named,
      createdAt: at,
      updatedAt: at,
      defaultVersion: 1,
      lastVersion: 1,
      attachments: 0,
      bounded: 0,
    }
    return changeIdentity(call, {
      makes: named.id,
      async rows(rows) {
        await addManagedPolicy(rows, { ...named, policy, at })
        await putManagedPolicyTags(rows, named.id, tagRows(Tags))
      },
      output: { Policy: { ...described(call, made), ...(Tags.length > 0 && { Tags }) } },
    })
  },
  logged: {
    request: (input) => ({
      ...members<typeof input>('PolicyName', 'Path', 'PolicyDocument', 'Description')(input),
      ...(input.Tags && { tags: loggedIamTags(input.Tags) }),
    }),
    response: ({ Policy }) => ({
      policy: { policyName: Policy.PolicyName, policyId: Policy.PolicyId, arn: Policy.Arn },
    }),
  },
})

export const GetPolicy = operation({
  name: 'GetPolicy',
  service: 'IAM',
  action: 'iam:GetPolicy',
  class: 'read',
  input: PolicyInput,
  logged: { request: members('PolicyArn') },
  async run(call, input) {
    const policy = await permittedPolicy(call, input.PolicyArn)
    const tags = iamTagsOf(await managedPolicyTags(call.services.database, policy.id))
    return { Policy: { ...described(call, policy), Tags: tags } }
  },
})

export const ListPolicies = operation({
  name: 'ListPolicies',
  service: 'IAM',
  action: 'iam:ListPolicies',
  class: 'read',
  input: ListPoliciesInput,
  logged: {
    request: members('Scope', 'OnlyAttached', 'PathPrefix', 'PolicyUsageFilter', 'MaxItems', 'Marker'),
  },
  async run(call, input) {
    const { Scope, OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter: use } = input
    await call.permit({
      resource: policyArn(call.identity.principal.partition, call.account, PathPrefix, ''),
    })
    // AWS's own managed policies do not exist here.
    const own = Scope === 'AWS' ? [] : await listManagedPolicies(call.services.database, call.account)
    const uses = ({ attachments, bounded }: ManagedPolicyRow) => ({
      asPolicy: use !== 'PermissionsBoundary' && attachments > 0,
      asBoundary: use !== 'PermissionsPolicy' && bounded > 0,
    })
    const wanted = (policy: ManagedPolicyRow) => {
      const { asPolicy, asBoundary } = uses(policy)
      return (
        policy.path.startsWith(PathPrefix) && (asPolicy || asBoundary || (!OnlyAttached && use === undefined))
      )
    }
    const scope = `${PathPrefix} ${OnlyAttached} ${use}`
    const { rows, more } = pageOf(call, {
      all: own.filter(wanted),
      by: ({ name }) => name,
      page: input,
      scope,
    })
    return { Policies: rows.map((policy) => policyInList(call, policy)), ...more }
  },
})

export const DeletePolicy = operation({
  name: 'DeletePolicy',
  service: 'IAM',
  action: 'iam:DeletePolicy',
  class: 'admin',
  input: PolicyInput,
  logged: { request: members('PolicyArn') },
  async run(call, input) {
    const policy = await permittedPolicy(call, input.PolicyArn)
    if (policy.attachments + policy.bounded > 0)
      throw new KmsError('DeleteConflict', 'Cannot delete a policy attached to entities.')
    if ((await managedPolicyVersions(call.services.database, policy.id)).length > 1) {
      throw new KmsError(
        'DeleteConflict',
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
          'The default version is deleted with the policy.',
      )
    }
    return changeIdentity(call, { rows: (rows) => deleteManagedPolicy(rows, policy.id), output: undefined })
  },
})

const FILTERED = { User: 'user', Role: 'role', Group: 'group' } as const

export const ListEntitiesForPolicy = operation({
  name: 'ListEntitiesForPolicy',
  service: 'IAM',
  action: 'iam:ListEntitiesForPolicy',
  class: 'read',
  input: ListEntitiesForPolicyInput,
  logged: {
    request: members('PolicyArn', 'EntityFilter', 'PathPrefix', 'PolicyUsageFilter', 'MaxItems', 'Marker'),
  },
  async run(call, input) {
    const { PathPrefix = '/', EntityFilter: filter, PolicyUsageFilter: use } = input
    const policy = await permittedPolicy(call, input.PolicyArn)
    const { attached, bounded } = await entitiesOf(call.services.database, policy.id)
    const both = [
      ...(use === 'PermissionsBoundary' ? [] : attached),
      ...(use === 'PermissionsPolicy' ? [] : bounded),
    ]
    const kind =
      filter && (Object.hasOwn(FILTERED, filter) ? FILTERED[filter as keyof typeof FILTERED] : 'none')
    const unique = [...new Map(both.map((entity) => [entity.id, entity])).values()]
    const all = unique.filter(
      (entity) => entity.path.startsWith(PathPrefix) && (!kind || entity.kind === kind),
    )
    const scope = `${policy.id} ${PathPrefix} ${filter} ${use}`
    const { rows, more } = pageOf(call, {
      all,
      by: ({ kind: k, name }) => `${k}/${name}`,
      page: input,
      scope,
    })
    const of = (wanted: Entity['kind']) => rows.filter((entity) => entity.kind === wanted)
    return {
      PolicyGroups: of('group').map(({ id, name }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: of('user').map(({ id, name }) => ({ UserName: name, UserId: id })),
      PolicyRoles: of('role').map(({ id, name }) => ({ RoleName: name, RoleId: id })),
      ...more,
    }
  },
})

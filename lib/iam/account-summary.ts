/** How much of everything an account has, and may have. */
import { GetAccountSummaryInput } from '#lib/domain/operations/iam-account.ts'
import { operation } from '#lib/engine/operation.ts'
import { hasAccessKey } from '#lib/store/access-keys.ts'
import { countIdentities } from '#lib/store/accounts.ts'

/** Facts §15, §18.3, and IAM's quotas as AWS presets them. */
const QUOTAS = {
  UsersQuota: 5000,
  GroupsQuota: 300,
  RolesQuota: 1000,
  PoliciesQuota: 1500,
  InstanceProfilesQuota: 1000,
  ServerCertificatesQuota: 20,
  AccessKeysPerUserQuota: 2,
  SigningCertificatesPerUserQuota: 2,
  GroupsPerUserQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  VersionsPerPolicyQuota: 5,
  PolicyVersionsInUseQuota: 10_000,
  UserPolicySizeQuota: 2048,
  GroupPolicySizeQuota: 5120,
  RolePolicySizeQuota: 10_240,
  PolicySizeQuota: 6144,
  AssumeRolePolicySizeQuota: 2048,
} as const

/** What AWS counts and Keyhouse has none of. */
const NONE = {
  InstanceProfiles: 0,
  ServerCertificates: 0,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  GlobalEndpointTokenVersion: 2,
} as const

export const GetAccountSummary = operation({
  name: 'GetAccountSummary',
  service: 'IAM',
  action: 'iam:GetAccountSummary',
  class: 'read',
  input: GetAccountSummaryInput,
  logged: { request: () => null },
  async run(call): Promise<{ SummaryMap: ReadonlyMap<string, number> }> {
    await call.permit()
    const { database } = call.services
    const counted = await countIdentities(database.sql, call.account)
    const AccountAccessKeysPresent = Number(await hasAccessKey(database, call.account))
    const all = { ...counted, AccountAccessKeysPresent, ...QUOTAS, ...NONE }
    return { SummaryMap: new Map(Object.entries(all)) }
  },
})

/**
 * An input for each operation of IAM, STS, CloudTrail and Keyhouse that works for whoever may do everything in the world's
 * first account, with whatever it names made for it. For the sweep of who may what.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { ALLOWING, type Makers, openMakers, Tags, TRUSTING } from './iam-things.ts'
import { allowing } from './sessions.ts'
import { ACCOUNT, OTHER_ACCOUNT, OTHER_REGION, REGION, type World } from './world.ts'

/** An input, with what it names made for it. */
type Example = () => object | Promise<object>

const BYTE = 'AA=='
const ADMIN = `arn:aws:iam::${ACCOUNT}:user/admin`

function userExamples({ name, made, user, group, policy, accessKey }: Makers): Record<string, Example> {
  const Password = 'a very long passphrase'
  const ofUser = async (more: object = {}) => ({ UserName: await user(), ...more })
  const withProfile = async () => {
    const UserName = await user()
    await made('CreateLoginProfile', { UserName, Password })
    return { UserName }
  }
  return {
    CreateUser: () => ({ UserName: name(), Tags }),
    GetUser: () => ofUser(),
    ListUsers: () => ({}),
    UpdateUser: () => ofUser({ NewUserName: name() }),
    DeleteUser: () => ofUser(),
    TagUser: () => ofUser({ Tags }),
    UntagUser: () => ofUser({ TagKeys: ['a'] }),
    ListUserTags: () => ofUser(),
    CreateAccessKey: () => ofUser(),
    ListAccessKeys: () => ofUser(),
    UpdateAccessKey: async () => ({ ...(await accessKey()), Status: 'Inactive' }),
    DeleteAccessKey: () => accessKey(),
    GetAccessKeyLastUsed: async () => ({ AccessKeyId: (await accessKey()).AccessKeyId }),
    CreateLoginProfile: () => ofUser({ Password }),
    GetLoginProfile: () => withProfile(),
    UpdateLoginProfile: async () => ({ ...(await withProfile()), PasswordResetRequired: true }),
    DeleteLoginProfile: () => withProfile(),
    ChangePassword: () => ({ OldPassword: Password, NewPassword: `${Password} more` }),
    ListMFADevices: () => ofUser(),
    ListSSHPublicKeys: () => ofUser(),
    ListSigningCertificates: () => ofUser(),
    ListServiceSpecificCredentials: () => ofUser(),
    ListGroupsForUser: () => ofUser(),
    AddUserToGroup: async () => ofUser({ GroupName: await group() }),
    RemoveUserFromGroup: async () => made('AddUserToGroup', await ofUser({ GroupName: await group() })),
    PutUserPermissionsBoundary: async () => ofUser({ PermissionsBoundary: await policy() }),
    DeleteUserPermissionsBoundary: async () =>
      made('PutUserPermissionsBoundary', await ofUser({ PermissionsBoundary: await policy() })),
  }
}

/** Inline and attached policies, which users, groups and roles have alike. */
function policiesOf(
  kind: 'User' | 'Group' | 'Role',
  whose: () => Promise<string>,
  { made, policy }: Makers,
): Record<string, Example> {
  const holder = async (more: object = {}) => ({ [`${kind}Name`]: await whose(), ...more })
  const inline = async () => {
    const named = await holder({ PolicyName: 'inline' })
    await made(`Put${kind}Policy`, { ...named, PolicyDocument: ALLOWING })
    return named
  }
  const attached = async () => holder({ PolicyArn: await policy() })
  return {
    [`Put${kind}Policy`]: () => holder({ PolicyName: 'inline', PolicyDocument: ALLOWING }),
    [`Get${kind}Policy`]: inline,
    [`Delete${kind}Policy`]: inline,
    [`List${kind}Policies`]: () => holder(),
    [`Attach${kind}Policy`]: attached,
    [`Detach${kind}Policy`]: async () => made(`Attach${kind}Policy`, await attached()),
    [`ListAttached${kind}Policies`]: () => holder(),
  }
}

function groupAndRoleExamples({ name, made, group, role, policy }: Makers): Record<string, Example> {
  const ofGroup = async (more: object = {}) => ({ GroupName: await group(), ...more })
  const ofRole = async (more: object = {}) => ({ RoleName: (await role()).RoleName, ...more })
  return {
    CreateGroup: () => ({ GroupName: name() }),
    GetGroup: () => ofGroup(),
    ListGroups: () => ({}),
    UpdateGroup: () => ofGroup({ NewGroupName: name() }),
    DeleteGroup: () => ofGroup(),
    CreateRole: () => ({ RoleName: name(), AssumeRolePolicyDocument: TRUSTING }),
    GetRole: () => ofRole(),
    ListRoles: () => ({}),
    UpdateRole: () => ofRole({ Description: 'x' }),
    UpdateRoleDescription: () => ofRole({ Description: 'x' }),
    UpdateAssumeRolePolicy: () => ofRole({ PolicyDocument: TRUSTING }),
    DeleteRole: () => ofRole(),
    TagRole: () => ofRole({ Tags }),
    UntagRole: () => ofRole({ TagKeys: ['a'] }),
    ListRoleTags: () => ofRole(),
    ListInstanceProfilesForRole: () => ofRole(),
    PutRolePermissionsBoundary: async () => ofRole({ PermissionsBoundary: await policy() }),
    DeleteRolePermissionsBoundary: async () =>
      made('PutRolePermissionsBoundary', await ofRole({ PermissionsBoundary: await policy() })),
  }
}

function managedPolicyExamples({ name, policy, version }: Makers): Record<string, Example> {
  const ofPolicy = async (more: object = {}) => ({ PolicyArn: await policy(), ...more })
  const simulated = { ActionNames: ['kms:Encrypt'] }
  return {
    CreatePolicy: () => ({ PolicyName: name(), PolicyDocument: ALLOWING }),
    GetPolicy: () => ofPolicy(),
    ListPolicies: () => ({}),
    DeletePolicy: () => ofPolicy(),
    CreatePolicyVersion: () => ofPolicy({ PolicyDocument: ALLOWING }),
    GetPolicyVersion: version,
    ListPolicyVersions: () => ofPolicy(),
    SetDefaultPolicyVersion: version,
    DeletePolicyVersion: version,
    ListEntitiesForPolicy: () => ofPolicy(),
    TagPolicy: () => ofPolicy({ Tags }),
    UntagPolicy: () => ofPolicy({ TagKeys: ['a'] }),
    ListPolicyTags: () => ofPolicy(),
    SimulateCustomPolicy: () => ({ PolicyInputList: [ALLOWING], ...simulated }),
    SimulatePrincipalPolicy: () => ({ PolicySourceArn: ADMIN, ...simulated }),
  }
}

function federationExamples({ name, user, provider, device }: Makers): Record<string, Example> {
  const codes = { AuthenticationCode1: '000000', AuthenticationCode2: '000001' }
  const ofUser = async () => ({ UserName: await user(), ...(await device()) })
  const ofProvider = async (more: object = {}) => {
    const { OpenIDConnectProviderArn } = await provider()
    return { OpenIDConnectProviderArn, ...more }
  }
  return {
    CreateVirtualMFADevice: () => ({ VirtualMFADeviceName: name() }),
    DeleteVirtualMFADevice: device,
    ListVirtualMFADevices: () => ({}),
    EnableMFADevice: async () => ({ ...(await ofUser()), ...codes }),
    DeactivateMFADevice: ofUser,
    ResyncMFADevice: async () => ({ ...(await ofUser()), ...codes }),
    CreateOpenIDConnectProvider: () => ({ Url: `https://${name()}.example.com`, Tags }),
    GetOpenIDConnectProvider: () => ofProvider(),
    ListOpenIDConnectProviders: () => ({}),
    AddClientIDToOpenIDConnectProvider: () => ofProvider({ ClientID: 'app' }),
    RemoveClientIDFromOpenIDConnectProvider: () => ofProvider({ ClientID: 'app' }),
    UpdateOpenIDConnectProviderThumbprint: () => ofProvider({ ThumbprintList: [] }),
    DeleteOpenIDConnectProvider: () => ofProvider(),
    TagOpenIDConnectProvider: () => ofProvider({ Tags }),
    UntagOpenIDConnectProvider: () => ofProvider({ TagKeys: ['a'] }),
    ListOpenIDConnectProviderTags: () => ofProvider(),
  }
}

function accountExamples({ name, made, role, accessKey }: Makers): Record<string, Example> {
  const alias = () => ({ AccountAlias: name() })
  const RoleSessionName = 'work'
  return {
    'IAM.CreateAccountAlias': alias,
    'IAM.ListAccountAliases': () => ({}),
    'IAM.DeleteAccountAlias': () => made('CreateAccountAlias', alias()),
    'IAM.GetAccountSummary': () => ({}),
    'STS.AssumeRole': async () => ({ RoleArn: (await role()).Arn, RoleSessionName }),
    'STS.GetCallerIdentity': () => ({}),
    'STS.GetSessionToken': () => ({}),
    'STS.GetAccessKeyInfo': async () => ({ AccessKeyId: (await accessKey()).AccessKeyId }),
    'CloudTrail.LookupEvents': () => ({}),
    'Keyhouse.CreateAccount': () => ({
      Regions: [REGION],
      AdministratorName: 'boss',
      Password: 'a very long passphrase',
    }),
    'Keyhouse.ListAccounts': () => ({}),
    // One that there is not: nobody of the world shall be shut out.
    'Keyhouse.DisableAccount': () => ({ AccountId: '999988887777' }),
    'Keyhouse.EnableAccount': () => ({ AccountId: OTHER_ACCOUNT }),
    'Keyhouse.UpdateAccountRegions': () => ({ AccountId: OTHER_ACCOUNT, Regions: [REGION, OTHER_REGION] }),
  }
}

const newKeySet = () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  return JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k' }] })
}

function installationExamples({ name, made, user, provider }: Makers): Record<string, Example> {
  const guardrail = () => ({ AccountId: OTHER_ACCOUNT, Name: name(), Policy: allowing('*') })
  const presentGuardrail = async () => {
    const { AccountId, Name } = (await made('PutGuardrail', guardrail())) as ReturnType<typeof guardrail>
    return { AccountId, Name }
  }
  return {
    PutIdentityProviderKeys: async () => ({ Url: (await provider()).Url, Jwks: newKeySet() }),
    PutGuardrail: guardrail,
    GetGuardrail: presentGuardrail,
    DeleteGuardrail: presentGuardrail,
    ListGuardrails: () => ({ AccountId: OTHER_ACCOUNT }),
    ListSessions: async () => ({ UserName: await user() }),
    EndSession: async () => ({ UserName: await user() }),
    CreateOwnAccessKey: () => ({}),
    ListPrincipals: () => ({}),
    ListCredentials: () => ({}),
    ListRoleUse: () => ({}),
    ListNamings: () => ({ PrincipalArn: ADMIN }),
    RemoveSampleData: () => ({}),
    Capabilities: () => ({}),
    WatchConnection: () => ({ Since: 0 }),
    ShowClock: () => ({}),
    AdvanceClock: () => ({ Seconds: 1 }),
    AcknowledgeClock: () => ({}),
    Reset: () => ({}),
    GetSettings: () => ({}),
    PutSetting: () => ({ Name: 'idleMinutes', Value: '30' }),
    SearchEvents: () => ({}),
    CountEvents: () => ({}),
    EventHistogram: () => ({}),
    EventFacets: () => ({}),
    GetEvent: () => ({ EventId: randomUUID() }),
    GetLogState: () => ({}),
    ListCheckpoints: () => ({}),
    VerifyLog: () => ({ First: 0, End: 1 }),
    GetEventProof: () => ({ EventId: randomUUID() }),
    // Of the empty log, which nobody signs: whoever may is told so.
    GetConsistencyProof: () => ({ First: 0, Second: 0 }),
    AcknowledgeFinding: () => ({ Id: randomUUID() }),
    AcknowledgeRollback: () => ({}),
    ReadLog: () => ({ First: 0, Limit: 1 }),
    ReadTiles: () => ({ Level: 0, First: 0, Limit: 1 }),
    SearchKeys: () => ({}),
    SearchGrants: () => ({}),
    SearchAliases: () => ({}),
    ListMultiRegionKeys: () => ({}),
    ListPolicyFindings: () => ({}),
    LintIdentityPolicy: () => ({ Policy: ALLOWING, Kind: 'identity' }),
  }
}

async function keyExamples({ admin }: Makers): Promise<Record<string, Example>> {
  const { Arn: KeyId } = (await admin.call('CreateKey')).KeyMetadata
  const { CiphertextBlob: blob } = await admin.call('Encrypt', { KeyId, Plaintext: BYTE })
  const { Policy } = await admin.call('GetKeyPolicy', { KeyId })
  const CiphertextBlob = Buffer.from(blob).toString('base64')
  const question = { PrincipalArn: ADMIN, Action: 'kms:Encrypt' }
  const pinned = { KeyId, Name: 'a', ...question, Expected: 'allowed' }
  const disabled = async () => {
    const made = (await admin.call('CreateKey')).KeyMetadata.KeyId
    await admin.call('DisableKey', { KeyId: made })
    return made
  }
  return {
    FindKeyOfCiphertext: () => ({ CiphertextBlob }),
    CountUseOfMaterials: () => ({ KeyId }),
    // It is not deleted: whoever may is told so.
    GetDeletedKey: () => ({ KeyId }),
    ExplainAccess: () => ({ KeyId, ...question }),
    ExplainEvent: () => ({ EventId: randomUUID() }),
    WhoCan: () => ({ KeyId }),
    PreviewAccess: () => ({ Policy }),
    LabProgress: () => ({ AliasName: 'alias/lab', Since: 0 }),
    KeysOf: () => ({ PrincipalArn: ADMIN }),
    CompareAccess: () => ({ KeyId, Policy }),
    ListPolicyVersions: () => ({ KeyId }),
    GetPolicyVersion: () => ({ KeyId, Version: 1 }),
    ListPolicyCases: () => ({ KeyId }),
    PutPolicyCase: () => pinned,
    DeletePolicyCase: async () => ({ KeyId, Id: (await admin.call('PutPolicyCase', pinned)).Id }),
    RunPolicyCases: () => ({ KeyId }),
    LintKeyPolicy: () => ({ KeyId, Policy }),
    ReplayPolicy: () => ({ KeyId, Policy }),
    KeyUsage: () => ({ KeyId }),
    KeyDependents: () => ({ KeyId }),
    StartKeyWatch: async () => ({ KeyId: await disabled(), Days: 7 }),
    StopKeyWatch: async () => ({
      Id: (await admin.call('StartKeyWatch', { KeyId: await disabled(), Days: 7 })).Id,
    }),
    ListKeyWatches: () => ({}),
    ListUnusedKeys: () => ({ Days: 90 }),
    PutUseBudget: () => ({ KeyId, Period: 'day', Most: 1000 }),
    DeleteUseBudget: () => ({ KeyId, Period: 'day' }),
    ListUseBudgets: () => ({}),
    Attention: () => ({}),
  }
}

const of = (service: string, examples: Record<string, Example>) =>
  Object.fromEntries(Object.entries(examples).map(([name, example]) => [`${service}.${name}`, example]))

/** By service and name: IAM.CreateUser. */
export async function openExamples(world: World): Promise<ReadonlyMap<string, Example>> {
  const makers = openMakers(world)
  const { user, group, role } = makers
  const all = {
    ...of('IAM', {
      ...userExamples(makers),
      ...policiesOf('User', user, makers),
      ...policiesOf('Group', group, makers),
      ...policiesOf('Role', async () => (await role()).RoleName, makers),
      ...groupAndRoleExamples(makers),
      ...managedPolicyExamples(makers),
      ...federationExamples(makers),
    }),
    ...accountExamples(makers),
    ...of('Keyhouse', { ...installationExamples(makers), ...(await keyExamples(makers)) }),
  }
  return new Map(Object.entries(all))
}

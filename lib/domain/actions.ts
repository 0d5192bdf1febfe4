/**
 * Every action of KMS, and of STS, that a policy can name, with AWS's access level, what it is authorised on, and
 * whether it works on another account's key (service authorization reference; facts §2). ReEncrypt is two
 * actions.
 */

export type AccessLevel = 'read' | 'write' | 'list' | 'permissions' | 'tagging'

export type KmsAction = {
  readonly level: AccessLevel
  /** `alias` actions are asked twice: on the alias by identity policy, and on the key. */
  readonly resource: 'key' | 'alias' | 'none'
  /** False: allowing another account has no effect. */
  readonly crossAccount: boolean
}

export type StsAction = Omit<KmsAction, 'resource'> & { readonly resource: 'role' | 'none' }

const onKey = (level: AccessLevel): KmsAction => ({ level, resource: 'key', crossAccount: false })
/** Also on the key of another account. */
const anywhere = (level: AccessLevel): KmsAction => ({ level, resource: 'key', crossAccount: true })
const onAlias = (level: AccessLevel): KmsAction => ({ level, resource: 'alias', crossAccount: false })
const onNothing = (level: AccessLevel): KmsAction => ({ level, resource: 'none', crossAccount: false })

export const KMS_ACTIONS = {
  'kms:CancelKeyDeletion': onKey('write'),
  'kms:ConnectCustomKeyStore': onNothing('write'),
  'kms:CreateAlias': onAlias('write'),
  'kms:CreateCustomKeyStore': onNothing('write'),
  'kms:CreateGrant': anywhere('permissions'),
  'kms:CreateKey': onNothing('write'),
  'kms:Decapsulate': anywhere('write'),
  'kms:Decrypt': anywhere('write'),
  'kms:DeleteAlias': onAlias('write'),
  'kms:DeleteCustomKeyStore': onNothing('write'),
  'kms:DeleteImportedKeyMaterial': onKey('write'),
  'kms:DeriveSharedSecret': anywhere('write'),
  'kms:DescribeCustomKeyStores': onNothing('read'),
  'kms:DescribeKey': anywhere('read'),
  'kms:DisableKey': onKey('write'),
  'kms:DisableKeyRotation': onKey('write'),
  'kms:DisconnectCustomKeyStore': onNothing('write'),
  'kms:EnableKey': onKey('write'),
  'kms:EnableKeyRotation': onKey('write'),
  'kms:Encapsulate': anywhere('write'),
  'kms:Encrypt': anywhere('write'),
  'kms:GenerateDataKey': anywhere('write'),
  'kms:GenerateDataKeyPair': anywhere('write'),
  'kms:GenerateDataKeyPairWithoutPlaintext': anywhere('write'),
  'kms:GenerateDataKeyWithoutPlaintext': anywhere('write'),
  'kms:GenerateMac': anywhere('write'),
  'kms:GenerateRandom': onNothing('write'),
  'kms:GetKeyLastUsage': onKey('read'),
  'kms:GetKeyPolicy': onKey('read'),
  'kms:GetKeyRotationStatus': anywhere('read'),
  'kms:GetParametersForImport': onKey('read'),
  'kms:GetPublicKey': anywhere('read'),
  'kms:ImportKeyMaterial': onKey('write'),
  'kms:ListAliases': onNothing('list'),
  'kms:ListGrants': anywhere('list'),
  'kms:ListKeyPolicies': onKey('list'),
  'kms:ListKeyRotations': onKey('list'),
  'kms:ListKeys': onNothing('list'),
  'kms:ListResourceTags': onKey('list'),
  'kms:ListRetirableGrants': onNothing('list'),
  'kms:PutKeyPolicy': onKey('permissions'),
  'kms:ReEncryptFrom': anywhere('write'),
  'kms:ReEncryptTo': anywhere('write'),
  'kms:ReplicateKey': onKey('write'),
  'kms:RetireGrant': anywhere('permissions'),
  'kms:RevokeGrant': anywhere('permissions'),
  'kms:RotateKeyOnDemand': onKey('write'),
  'kms:ScheduleKeyDeletion': onKey('write'),
  'kms:Sign': anywhere('write'),
  'kms:SynchronizeMultiRegionKey': onKey('write'),
  'kms:TagResource': onKey('tagging'),
  'kms:UntagResource': onKey('tagging'),
  'kms:UpdateAlias': onAlias('write'),
  'kms:UpdateCustomKeyStore': onNothing('write'),
  'kms:UpdateKeyDescription': onKey('write'),
  'kms:UpdatePrimaryRegion': onKey('write'),
  'kms:Verify': anywhere('write'),
  'kms:VerifyMac': anywhere('write'),
} as const satisfies Record<`kms:${string}`, KmsAction>

/** What trust policies name. AssumeRole and the two that go with it work on the role of another account. */
export const STS_ACTIONS = {
  'sts:AssumeRole': { level: 'write', resource: 'role', crossAccount: true },
  'sts:AssumeRoleWithWebIdentity': { level: 'write', resource: 'role', crossAccount: false },
  'sts:GetAccessKeyInfo': { level: 'read', resource: 'none', crossAccount: false },
  'sts:GetCallerIdentity': { level: 'read', resource: 'none', crossAccount: false },
  'sts:GetSessionToken': { level: 'read', resource: 'none', crossAccount: false },
  'sts:SetSourceIdentity': { level: 'write', resource: 'role', crossAccount: true },
  'sts:TagSession': { level: 'tagging', resource: 'role', crossAccount: true },
} as const satisfies Record<`sts:${string}`, StsAction>

export type KmsActionName = keyof typeof KMS_ACTIONS

const BY_LOWER_CASE = new Map<string, KmsAction | StsAction>(
  Object.entries({ ...KMS_ACTIONS, ...STS_ACTIONS }).map(([name, action]) => [name.toLowerCase(), action]),
)

/** An action by its name in any case, as policies compare them; undefined when neither KMS nor STS has one of that name. */
export const findAction = (name: string): KmsAction | StsAction | undefined =>
  BY_LOWER_CASE.get(name.toLowerCase())

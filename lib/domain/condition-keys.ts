/**
 * The condition keys of AWS, as the editor offers and explains them (facts §8.6). Policies may name others:
 * AWS accepts unknown keys, and they are absent when a request is judged. Which keys a request has is
 * decided in the engine.
 */
import type { OperatorFamily } from './condition-operators.ts'

export type ConditionKey = {
  /** A name ending in `/` or `:` continues with a name of the user's: aws:RequestTag/team. */
  readonly name: string
  readonly type: Exclude<OperatorFamily, 'null'>
  /** Several values: needs ForAllValues or ForAnyValue. */
  readonly many: boolean
  /** `identity`: not permitted in a key policy. */
  readonly policies: 'both' | 'identity'
  /** In words: which requests have the key. */
  readonly where: string
}

type Options = { many?: true; identity?: true }

const key = (
  name: string,
  type: ConditionKey['type'],
  where: string,
  options: Options = {},
): ConditionKey => ({
  name,
  type,
  where,
  many: options.many === true,
  policies: options.identity ? 'identity' : 'both',
})

const KEY = 'every action on a key'
const ALL = 'every request'
const NEW_KEY = 'CreateKey, and every action on a key'
const CONTEXT = 'CreateGrant, Decrypt, Encrypt, GenerateDataKey*, ReEncrypt*'
const ATTESTED =
  'Decrypt, DeriveSharedSecret, GenerateDataKey, GenerateDataKeyPair, GenerateRandom from an enclave'
const BY_SERVICE = 'requests that an AWS service makes for a principal'
const TAGGED = 'CreateKey, ReplicateKey, TagResource'

export const CONDITION_KEYS: readonly ConditionKey[] = [
  key(
    'kms:BypassPolicyLockoutSafetyCheck',
    'bool',
    'CreateKey (identity policies), PutKeyPolicy, ReplicateKey',
  ),
  key('kms:CallerAccount', 'string', `${KEY}, and custom key stores`),
  key('kms:CustomerMasterKeySpec', 'string', 'older name of kms:KeySpec'),
  key('kms:CustomerMasterKeyUsage', 'string', 'older name of kms:KeyUsage'),
  key('kms:DataKeyPairSpec', 'string', 'GenerateDataKeyPair*'),
  key('kms:EncapsulationAlgorithm', 'string', 'Decapsulate, Encapsulate'),
  key('kms:EncryptionAlgorithm', 'string', 'Decrypt, Encrypt, GenerateDataKey*, ReEncrypt*'),
  key('kms:EncryptionContext:', 'string', CONTEXT),
  key('kms:EncryptionContextKeys', 'string', CONTEXT, { many: true }),
  key('kms:ExpirationModel', 'string', 'ImportKeyMaterial'),
  key('kms:GrantConstraintSourceArn', 'arn', 'CreateGrant'),
  key('kms:GrantConstraintType', 'string', 'CreateGrant'),
  key('kms:GrantIsForAWSResource', 'bool', 'CreateGrant, ListGrants, RevokeGrant'),
  key('kms:GrantOperations', 'string', 'CreateGrant', { many: true }),
  key('kms:GranteePrincipal', 'string', 'CreateGrant'),
  key('kms:GranteeServicePrincipal', 'string', 'CreateGrant'),
  key('kms:KeyAgreementAlgorithm', 'string', 'DeriveSharedSecret'),
  key('kms:KeyOrigin', 'string', NEW_KEY),
  key('kms:KeySpec', 'string', NEW_KEY),
  key('kms:KeyUsage', 'string', NEW_KEY),
  key('kms:MacAlgorithm', 'string', 'GenerateMac, VerifyMac'),
  key('kms:MessageType', 'string', 'Sign, Verify'),
  key('kms:MultiRegion', 'bool', NEW_KEY),
  key('kms:MultiRegionKeyType', 'string', NEW_KEY),
  key('kms:PrimaryRegion', 'string', 'UpdatePrimaryRegion'),
  key('kms:ReEncryptOnSameKey', 'bool', 'ReEncrypt*'),
  key('kms:RecipientAttestation:ImageSha384', 'string', ATTESTED),
  key('kms:RecipientAttestation:NitroTPMPCR', 'string', ATTESTED),
  key('kms:RecipientAttestation:PCR', 'string', ATTESTED),
  key('kms:ReplicaRegion', 'string', 'ReplicateKey'),
  key(
    'kms:RequestAlias',
    'string',
    'cryptographic actions, DescribeKey, GetPublicKey, when the request named an alias',
  ),
  key('kms:ResourceAliases', 'string', KEY, { many: true, identity: true }),
  key('kms:RetiringPrincipal', 'string', 'CreateGrant'),
  key('kms:RetiringServicePrincipal', 'string', 'CreateGrant'),
  key('kms:RotationPeriodInDays', 'numeric', 'EnableKeyRotation'),
  key('kms:ScheduleKeyDeletionPendingWindowInDays', 'numeric', 'ScheduleKeyDeletion'),
  key('kms:SigningAlgorithm', 'string', 'Sign, Verify'),
  key('kms:TrailingDaysWithoutKeyUsage', 'numeric', 'DisableKey, ScheduleKeyDeletion'),
  // Seconds since the epoch: both numeric and date operators compare it.
  key('kms:ValidTo', 'numeric', 'ImportKeyMaterial'),
  key('kms:ViaService', 'string', BY_SERVICE),
  key('kms:WrappingAlgorithm', 'string', 'GetParametersForImport'),
  key('kms:WrappingKeySpec', 'string', 'GetParametersForImport'),
  key('sts:ExternalId', 'string', 'AssumeRole'),
  key('sts:RoleSessionName', 'string', 'AssumeRole*'),
  key('sts:SourceIdentity', 'string', 'AssumeRole'),
  key('aws:CalledVia', 'string', BY_SERVICE, { many: true }),
  key('aws:CalledViaFirst', 'string', BY_SERVICE),
  key('aws:CalledViaLast', 'string', BY_SERVICE),
  key('aws:CurrentTime', 'date', ALL),
  key('aws:EpochTime', 'numeric', ALL),
  key('aws:FederatedProvider', 'string', 'sessions of federated people'),
  key('aws:MultiFactorAuthAge', 'numeric', 'sessions that used a second factor'),
  key('aws:MultiFactorAuthPresent', 'bool', 'sessions'),
  key('aws:PrincipalAccount', 'string', ALL),
  key('aws:PrincipalArn', 'arn', ALL),
  key('aws:PrincipalIsAWSService', 'bool', ALL),
  key('aws:PrincipalOrgID', 'string', 'principals of an organization'),
  key('aws:PrincipalOrgPaths', 'string', 'principals of an organization', { many: true }),
  key('aws:PrincipalTag/', 'string', 'principals that have the tag'),
  key('aws:PrincipalType', 'string', ALL),
  key('aws:Referer', 'string', 'requests of browsers'),
  key('aws:RequestedRegion', 'string', ALL),
  key('aws:RequestTag/', 'string', TAGGED),
  key('aws:ResourceAccount', 'string', KEY),
  key('aws:ResourceOrgID', 'string', 'keys of an organization'),
  key('aws:ResourceTag/', 'string', 'keys that have the tag', { identity: true }),
  key('aws:SecureTransport', 'bool', ALL),
  key('aws:SourceAccount', 'string', 'requests of AWS services'),
  key('aws:SourceArn', 'arn', 'requests of AWS services'),
  key('aws:SourceIdentity', 'string', 'role sessions that carry one'),
  key('aws:SourceIp', 'ip', 'requests over the network, not through an AWS service'),
  key('aws:SourceOrgID', 'string', 'requests of AWS services'),
  key('aws:SourceVpc', 'string', 'requests through a VPC endpoint'),
  key('aws:SourceVpce', 'string', 'requests through a VPC endpoint'),
  key('aws:TagKeys', 'string', `${TAGGED}, UntagResource`, { many: true }),
  key('aws:TokenIssueTime', 'date', 'temporary credentials'),
  key('aws:UserAgent', 'string', ALL),
  key('aws:userid', 'string', ALL),
  key('aws:username', 'string', 'IAM users'),
  key('aws:ViaAWSService', 'bool', ALL),
  key('aws:VpcSourceIp', 'ip', 'requests through a VPC endpoint'),
]

const BY_LOWER_CASE = new Map(CONDITION_KEYS.map((entry) => [entry.name.toLowerCase(), entry]))
// ImageSha384 is a whole name; PCR and NitroTPMPCR continue with a number.
const PREFIXES = CONDITION_KEYS.filter(({ name }) => /[:/]$|PCR$/.test(name))

/** The row of a condition key written in any case, also with a name of the user's at its end. */
export function findConditionKey(written: string): ConditionKey | undefined {
  const lower = written.toLowerCase()
  return (
    BY_LOWER_CASE.get(lower) ??
    PREFIXES.find(({ name }) => lower.startsWith(name.toLowerCase()) && lower.length > name.length)
  )
}

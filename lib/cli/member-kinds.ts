/**
 * How a member's text on the command line becomes a value, where it is not simply text.
 * Names are those of the KMS, CloudTrail, STS and IAM models; what is not here is sent as the string it is.
 */
export type MemberKind = 'integer' | 'timestamp' | 'flag' | 'map' | 'strings' | 'structures'

const MEMBERS_BY_KIND = {
  integer: [
    'DurationSeconds',
    'Limit',
    'MaxResults',
    'NumberOfBytes',
    'PendingWindowInDays',
    'RotationPeriodInDays',
    'Seconds',
  ],
  timestamp: ['EndTime', 'StartTime', 'To', 'ValidTo'],
  flag: [
    'AllUsers',
    'BypassPolicyLockoutSafetyCheck',
    'DryRun',
    'MultiRegion',
    'OnlyAttached',
    'PasswordResetRequired',
    'SetAsDefault',
  ],
  map: [
    'Constraints',
    'DestinationEncryptionContext',
    'EncryptionContext',
    'Recipient',
    'SourceEncryptionContext',
    'XksProxyAuthenticationCredential',
  ],
  strings: [
    'ActionNames',
    'ClientIDList',
    'DryRunModifiers',
    'GrantTokens',
    'Operations',
    'PermissionsBoundaryPolicyInputList',
    'PolicyInputList',
    'ResourceArns',
    'TagKeys',
    'ThumbprintList',
    'TransitiveTagKeys',
  ],
  structures: ['ContextEntries', 'LookupAttributes', 'PolicyArns', 'Tags'],
} as const satisfies Record<MemberKind, readonly string[]>

const KIND_BY_MEMBER: ReadonlyMap<string, MemberKind> = new Map(
  // Object.entries forgets that its keys are the kinds.
  Object.entries(MEMBERS_BY_KIND).flatMap(([kind, names]) => names.map((name) => [name, kind as MemberKind])),
)

/** The kind of a PascalCase member, or undefined for text. */
export const kindOf = (member: string): MemberKind | undefined => KIND_BY_MEMBER.get(member)

/**
 * What Keyhouse answers about permission, as the engine says it and the console draws it: one decision explained, who
 * can do what, what a new policy would change, and what is wrong with one. Shapes only; lib/insight computes them.
 */

/** The six gates that people read, in order (console 3.13); each gathers gates of lib/policy. */
export const TRACE_GATES = [
  'explicit-deny',
  'key-policy',
  'delegation',
  'identity',
  'grants',
  'validity',
] as const
export type TraceGateName = (typeof TRACE_GATES)[number]

/** What a condition of a statement compared, and what it saw. */
export type ExplainedCondition = {
  readonly Operator: string
  readonly Key: string
  readonly Values: readonly string[]
  /** Values of the request; null when it had none. */
  readonly Saw: readonly string[] | null
  readonly Holds: boolean
}

/** Where a statement stands, and what it says. Text is null where the asker may not read the policy. */
export type ExplainedStatement = {
  readonly PolicyRole: 'guardrail' | 'resource' | 'identity' | 'boundary' | 'session'
  readonly PolicyName: string
  readonly Index: number
  readonly Sid: string | null
  readonly Effect: 'Allow' | 'Deny'
  readonly Sentence: string | null
  readonly Text: string | null
  /** 1-based, in the policy's text. */
  readonly Line: number | null
  /** Which of its elements fit the request: a statement decides when all of them do. */
  readonly Principal: boolean
  readonly Action: boolean
  readonly Resource: boolean
  readonly Conditions: readonly ExplainedCondition[]
}

export type TraceGate = {
  readonly Gate: TraceGateName
  readonly Result: 'pass' | 'no' | 'not-applicable'
  /** One sentence for a person. */
  readonly Sentence: string
  /** Statements that came near: the one that decided, or those that lacked one element. */
  readonly Statements: readonly ExplainedStatement[]
  readonly GrantId: string | null
}

/** A change that would turn the answer around, as small as there is. */
export type Remedy = {
  readonly Sentence: string
  /** What is to be changed: a key policy, an identity policy, a grant, the key's state, the request. */
  readonly Where:
    | 'key-policy'
    | 'identity-policy'
    | 'boundary'
    | 'session-policy'
    | 'guardrail'
    | 'grant'
    | 'key'
    | 'request'
  /** A statement to add or remove, as JSON; null where the sentence says it all. */
  readonly Statement: string | null
}

/** The change that made the difference: the last one between a success and this refusal. */
export type Turning = {
  readonly EventId: string
  readonly EventName: string
  readonly At: Date
  readonly By: string
}

export type Explanation = {
  readonly Allowed: boolean
  readonly Verdict: 'allowed' | 'explicit-deny' | 'implicit-deny'
  readonly Reason: string
  readonly PrincipalArn: string
  readonly Action: string
  readonly Resource: string
  /** One sentence: the verdict and what decided it. */
  readonly Sentence: string
  readonly Gates: readonly TraceGate[]
  /** The deciding statement; null when silence decided. */
  readonly Deciding: ExplainedStatement | null
  readonly Remedy: Remedy | null
  readonly Turning: Turning | null
  /** Whether the trace was written with the event, or computed from what holds now (or from a draft). */
  readonly Basis: 'recorded' | 'now' | 'draft'
  readonly At: Date
  /** Every condition value that was looked at. */
  readonly Context: Readonly<Record<string, readonly string[] | null>>
}

/** What a principal may do with an action. */
export type AccessMark = 'allowed' | 'conditional' | 'grant' | 'denied' | 'none'

export type AccessCell = {
  readonly Mark: AccessMark
  /** One sentence: by which statement, grant or silence. */
  readonly Why: string
  /** When this was last done, of the last 90 days; null where it was not. */
  readonly LastUsed: Date | null
}

/** How a principal stands to a key, as the matrix groups its rows. */
export type AccessGroup =
  | 'administrators'
  | 'users'
  | 'both'
  | 'grants'
  | 'accounts'
  | 'services'
  | 'denied'
  | 'none'

/** How someone who cannot use the key could let themselves: one call away. */
export type Step = { readonly Action: string; readonly Sentence: string }

export type AccessRow = {
  /** An ARN, an account's root ARN, or a service's name. */
  readonly PrincipalArn: string
  readonly Kind: 'root' | 'user' | 'role' | 'account' | 'service'
  readonly Group: AccessGroup
  /** By action without `kms:`. */
  readonly Cells: Readonly<Record<string, AccessCell>>
  readonly Steps: readonly Step[]
}

export type AccessColumn = { readonly Action: string; readonly Part: 'use' | 'manage' | 'control' }

export type WhoCan = {
  readonly KeyId: string
  readonly KeyArn: string
  readonly PolicyVersion: number
  readonly At: Date
  readonly Columns: readonly AccessColumn[]
  readonly Rows: readonly AccessRow[]
  /** Principals without any path, which are not among the rows. */
  readonly WithoutPath: number
}

/** A principal whose row changes with a draft. */
export type AccessDifference = {
  readonly PrincipalArn: string
  readonly Kind: AccessRow['Kind']
  readonly Cells: Readonly<Record<string, { readonly Before: AccessMark; readonly After: AccessMark }>>
  readonly Why: string
}

/** Recorded requests of one kind that a draft would answer otherwise. */
export type ReplayGroup = {
  readonly PrincipalArn: string
  readonly Action: string
  readonly Count: number
  readonly LastAt: Date
  readonly LastEventId: string
  readonly Sources: readonly string[]
}

export type ReplayPage = {
  readonly Replayed: number
  /** Events that could not be asked again, by reason. */
  readonly Skipped: Readonly<Record<string, number>>
  readonly Since: Date
  /** Allowed then, refused by the draft. */
  readonly Lost: readonly ReplayGroup[]
  /** Refused then, allowed by the draft. */
  readonly Gained: readonly ReplayGroup[]
  /** Present while there is more to replay. */
  readonly NextMarker?: string
}

export type FindingSeverity = 'error' | 'security-warning' | 'warning' | 'suggestion'

/** What is to be written instead, at UTF-16 offsets of the policy's text. */
export type FindingEdit = { readonly From: number; readonly To: number; readonly Text: string }

export type PolicyFindingView = {
  /** LOCK-01, PRIN-03, … (console.md POL-4). */
  readonly Id: string
  readonly Severity: FindingSeverity
  readonly Message: string
  /** From 0; null when it is about the whole policy. */
  readonly Statement: number | null
  readonly From: number
  readonly To: number
  readonly Fix: { readonly Title: string; readonly Edits: readonly FindingEdit[] } | null
}

export type PolicyVersionView = {
  readonly Version: number
  readonly CreatedAt: Date
  readonly CreatedBy: string
  readonly EventId: string | null
  /** Against the version before it, in words; empty for the first. */
  readonly Delta: readonly string[]
  /** Of the newest only. */
  readonly InForce: boolean
}

/** A question about a key whose answer must stay what it is. */
export type PolicyCaseView = {
  readonly Id: string
  readonly Name: string
  readonly PrincipalArn: string
  readonly Action: string
  readonly EncryptionContext: Readonly<Record<string, string>>
  readonly Conditions: Readonly<Record<string, readonly string[]>>
  readonly Expected: 'allowed' | 'denied'
  readonly CreatedAt: Date
  readonly CreatedBy: string
}

export type PolicyCaseResult = PolicyCaseView & {
  readonly Allowed: boolean
  readonly Passes: boolean
  readonly Why: string
}

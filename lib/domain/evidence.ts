/**
 * What Keyhouse answers about its own record: how the log stands and why it can be believed, how often what happened,
 * and who uses a key. Shapes only; lib/audit and lib/insight compute them. Times are Dates in the engine, ISO text or
 * seconds once they have travelled.
 */

/** `verifying` until the watch has been over everything once; `behind` when checkpoints reach no place outside. */
export const LOG_STATES = [
  'verified',
  'verifying',
  'behind',
  'gap',
  'mismatch',
  'rollback',
  'unsigned',
] as const
export type LogStateName = (typeof LOG_STATES)[number]

export const FINDING_KINDS = ['gap', 'mismatch', 'mac', 'unreadable', 'missing', 'rollback', 'fork'] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** Something that is wrong with the log. */
export type Finding = {
  readonly Id: string
  readonly Kind: FindingKind
  /** Leaves at which, or between which, it lies. */
  readonly FirstIndex: number | null
  readonly LastIndex: number | null
  readonly Sentence: string
  readonly FoundAt: Date
  readonly AcknowledgedAt: Date | null
  readonly AcknowledgedBy: string | null
}

export type CheckpointView = {
  readonly Origin: string
  readonly Size: number
  /** Base64. */
  readonly Root: string
  readonly At: Date
  /** The signed note, as it was first signed. */
  readonly Note: string
}

/** A key that signed or signs checkpoints. */
export type LogKeyView = {
  readonly Origin: string
  /** C2SP verifier key. */
  readonly VerifierKey: string
  readonly Since: Date
  readonly Until: Date | null
}

/** A place outside the database that is told of checkpoints or events. */
export type DeliveryView = {
  readonly Name: string
  readonly Kind:
    | 'file'
    | 'http'
    | 'syslog'
    | 'witness'
    | 'events-http'
    | 'events-syslog'
    | 'digests'
    | 'archive'
  readonly Delivered: number
  readonly DeliveredAt: Date | null
  readonly FailingSince: Date | null
  readonly Fault: string | null
}

/** What the pill says, and what the integrity page begins with. */
export type LogState = {
  readonly State: LogStateName
  /** Leaves in the tree, and the root over them (base64). */
  readonly Size: number
  readonly Root: string
  readonly SequencedAt: Date
  readonly Checkpoint: CheckpointView | null
  /** Leaves below this were derived again from their events, and when that was last done. */
  readonly VerifiedTo: number
  readonly VerifiedAt: Date
  readonly Findings: readonly Finding[]
  readonly Keys: readonly LogKeyView[]
  readonly Deliveries: readonly DeliveryView[]
  /** Why nothing may be changed; null where everything may. */
  readonly ReadOnly: string | null
  /** Events are kept for so many days; null for ever. */
  readonly KeepDays: number | null
  /** The first day still in the database, and how many were taken out into bundles. */
  readonly FirstDay: string | null
  readonly Bundles: number
  /** Whether roles keep the log from being changed, or triggers alone. */
  readonly RolesSeparated: boolean
}

/** One event's proof: everything that a browser or a program needs to check it without us. */
export type EventProof = {
  readonly EventId: string
  readonly Index: number
  /** The leaf's text (log-leaf.ts). */
  readonly Leaf: string
  /** SHA-256(0x00 | leaf), as the tile has it; base64. */
  readonly LeafHash: string
  /** From the leaf up; base64. */
  readonly Hashes: readonly string[]
  readonly Checkpoint: CheckpointView
  readonly VerifierKey: string
}

export type ConsistencyProof = {
  readonly First: CheckpointView
  readonly Second: CheckpointView
  readonly Hashes: readonly string[]
}

/** A piece of a verification that the asker goes on with until Next is null. */
export type VerifiedRange = {
  readonly First: number
  /** Without it. */
  readonly End: number
  readonly Next: number | null
  readonly Faults: readonly {
    readonly Index: number
    readonly EventId: string | null
    readonly Fault: string
  }[]
}

/** From At up to the next one's At; the last up to the histogram's To. The list has as many rows there. */
export type HistogramBucket = {
  readonly At: Date
  readonly Ok: number
  readonly Denied: number
  readonly Error: number
}

/** Half-open, as asked: [From, To). */
export type EventHistogram = {
  readonly From: Date
  readonly To: Date
  readonly StepSeconds: number
  readonly Buckets: readonly HistogramBucket[]
  /** False when only the newest part was looked at: what was, is from here on. */
  readonly Exact: boolean
  readonly SearchedFrom: Date | null
}

export const FACETS = [
  'outcome',
  'class',
  'event',
  'actor',
  'key',
  'ip',
  'error',
  'region',
  'agent',
  'ctx',
] as const
export type FacetName = (typeof FACETS)[number]

export type Facet = {
  readonly Name: FacetName
  /** Most frequent first; Count without this facet's own terms of the filter. */
  readonly Values: readonly { readonly Value: string; readonly Count: number }[]
  /** Whether there are more than these. */
  readonly More: boolean
  /** False when counted over the newest part only. */
  readonly Exact: boolean
}

/** Who used a key: one line for each principal, operation, address and material. */
export type UsageRow = {
  readonly Principal: string
  readonly Operation: string
  readonly Source: string
  readonly MaterialId: string | null
  readonly Count: number
  readonly Last: Date
  readonly LastEventId: string
}

export type UsageDay = {
  /** YYYY-MM-DD, UTC. */
  readonly Day: string
  readonly Encrypt: number
  readonly Decrypt: number
  readonly Other: number
}

export type KeyUsage = {
  /** The last successful use, whenever that was; null for a key that was never used. */
  readonly LastUse: UsageRow | null
  /** One a day, also for days without use, oldest first. */
  readonly Days: readonly UsageDay[]
  readonly Rows: readonly UsageRow[]
  readonly MoreRows: boolean
  /** Data keys and pairs that were handed out in that time. */
  readonly DataKeys: number
  /** Since when use is recorded. */
  readonly Since: Date
}

/** What would be missed with a key. */
export type KeyDependents = {
  readonly Aliases: readonly string[]
  readonly Grants: number
  readonly GranteePrincipals: readonly string[]
  readonly ReplicaRegions: readonly string[]
  /** Policies that name the key or one of its aliases. */
  readonly Policies: readonly { readonly Kind: string; readonly Name: string; readonly Names: string }[]
  /** Whether imported material could be imported again; null for a key that was not imported. */
  readonly Reimportable: boolean | null
}

export type KeyWatchView = {
  readonly Id: string
  readonly KeyId: string
  readonly Region: string
  readonly Alias: string | null
  readonly StartedAt: Date
  readonly StartedBy: string
  readonly EndsAt: Date
  readonly StoppedAt: Date | null
  /** Calls that were refused because the key is disabled, and who made them. */
  readonly Refused: number
  readonly Principals: readonly { readonly Principal: string; readonly Count: number; readonly Last: Date }[]
}

export type UnusedKey = {
  readonly KeyId: string
  readonly Region: string
  readonly Alias: string | null
  readonly State: string
  readonly CreatedAt: Date
  readonly LastUsed: Date | null
}

export type UseBudgetView = {
  readonly KeyId: string
  readonly Region: string
  readonly Alias: string | null
  readonly Period: 'day' | 'month'
  readonly Most: number
  readonly Used: number
  readonly SetBy: string
}

/** What may need a person, most urgent first; of one kind the first that came. */
export const ATTENTION_KINDS = [
  // The log is not as it should be: a gap, a mismatch, a rollback, or checkpoints that reach nobody outside.
  'log',
  // The clock jumped: nothing is deleted until somebody says that it is right.
  'clock-jump',
  // A key that waits for its deletion, and calls that failed for it since.
  'pending-deletion',
  // A key that was disabled and is watched, and calls that failed for it.
  'watch',
  'material-expires',
  'root-used',
  'overlap',
  'other-account',
  'deleted-principal',
  'budget',
  'rotation-overdue',
] as const
export type AttentionKind = (typeof ATTENTION_KINDS)[number]

/** One line of what needs a person. The console knows from the kind where it leads. */
export type AttentionItem = {
  readonly Kind: AttentionKind
  /** The key that it is about, where it is about one; its first alias. */
  readonly KeyId: string | null
  readonly Region: string | null
  readonly Alias: string | null
  /** What is said of the subject, beginning with a small letter: "was used". Days are those of UTC. */
  readonly Sentence: string
  /** When it began, or last happened; null where an age says nothing. */
  readonly At: Date | null
  /** Whom it is about: ARNs, account numbers, or the unique ids of the deleted. */
  readonly Principals: readonly string[]
  /** The event that shows it, if one does. */
  readonly EventId: string | null
}

export type Attention = {
  readonly Items: readonly AttentionItem[]
  /** How many there are beyond these. */
  readonly More: number
  readonly CheckedAt: Date
}

/**
 * The operations about the log, about how often what happened, and about the use of keys: part of the table in
 * operations.ts.
 */
import type {
  Attention,
  CheckpointView,
  ConsistencyProof,
  EventHistogram,
  EventProof,
  Facet,
  KeyDependents,
  KeyUsage,
  KeyWatchView,
  LogState,
  UnusedKey,
  UseBudgetView,
  VerifiedRange,
} from '#lib/domain/evidence.ts'
import type {
  AcknowledgeFindingInput,
  AcknowledgeRollbackInput,
  AttentionInput,
  CountEventsInput,
  DeleteUseBudgetInput,
  EventFacetsInput,
  EventHistogramInput,
  GetConsistencyProofInput,
  GetEventProofInput,
  GetLogStateInput,
  KeyDependentsInput,
  KeyUsageInput,
  ListCheckpointsInput,
  ListKeyWatchesInput,
  ListUnusedKeysInput,
  ListUseBudgetsInput,
  PutUseBudgetInput,
  StartKeyWatchInput,
  StopKeyWatchInput,
  VerifyLogInput,
} from '#lib/domain/operations/evidence.ts'
import type { Entry, Wire } from './operation-types.ts'

export const EVIDENCE_OPERATIONS = {
  GetLogState: { service: 'Keyhouse', reads: true },
  ListCheckpoints: { service: 'Keyhouse', reads: true },
  VerifyLog: { service: 'Keyhouse', reads: true },
  GetEventProof: { service: 'Keyhouse', reads: true },
  GetConsistencyProof: { service: 'Keyhouse', reads: true },
  AcknowledgeFinding: { service: 'Keyhouse', reads: false },
  AcknowledgeRollback: { service: 'Keyhouse', reads: false },
  CountEvents: { service: 'Keyhouse', reads: true },
  EventHistogram: { service: 'Keyhouse', reads: true },
  EventFacets: { service: 'Keyhouse', reads: true },
  KeyUsage: { service: 'Keyhouse', reads: true },
  KeyDependents: { service: 'Keyhouse', reads: true },
  StartKeyWatch: { service: 'Keyhouse', reads: false },
  StopKeyWatch: { service: 'Keyhouse', reads: false },
  ListKeyWatches: { service: 'Keyhouse', reads: true },
  ListUnusedKeys: { service: 'Keyhouse', reads: true },
  PutUseBudget: { service: 'Keyhouse', reads: false },
  DeleteUseBudget: { service: 'Keyhouse', reads: false },
  ListUseBudgets: { service: 'Keyhouse', reads: true },
  Attention: { service: 'Keyhouse', reads: true },
} as const

type Nothing = Readonly<Record<never, never>>

/** Both ends of each. */
export type EvidenceOperationIO = {
  GetLogState: Entry<typeof GetLogStateInput, Wire<LogState>>
  ListCheckpoints: Entry<
    typeof ListCheckpointsInput,
    { readonly Checkpoints: readonly Wire<CheckpointView>[]; readonly NextCursor?: string }
  >
  VerifyLog: Entry<typeof VerifyLogInput, Wire<VerifiedRange>>
  GetEventProof: Entry<typeof GetEventProofInput, Wire<EventProof>>
  GetConsistencyProof: Entry<typeof GetConsistencyProofInput, Wire<ConsistencyProof>>
  AcknowledgeFinding: Entry<typeof AcknowledgeFindingInput, Nothing>
  AcknowledgeRollback: Entry<typeof AcknowledgeRollbackInput, { readonly Origin: string }>
  CountEvents: Entry<
    typeof CountEventsInput,
    {
      readonly Count: number
      readonly CountIsExact: boolean
      /** Of a search that no index serves: how much was looked at, of how much, and where it goes on. */
      readonly Searched?: number
      readonly Of?: number
      readonly Cursor?: string
    }
  >
  EventHistogram: Entry<typeof EventHistogramInput, Wire<EventHistogram>>
  EventFacets: Entry<typeof EventFacetsInput, { readonly Facets: readonly Facet[] }>
  KeyUsage: Entry<typeof KeyUsageInput, Wire<KeyUsage>>
  KeyDependents: Entry<typeof KeyDependentsInput, Wire<KeyDependents>>
  StartKeyWatch: Entry<typeof StartKeyWatchInput, { readonly Id: string }>
  StopKeyWatch: Entry<typeof StopKeyWatchInput, Nothing>
  ListKeyWatches: Entry<typeof ListKeyWatchesInput, { readonly Watches: readonly Wire<KeyWatchView>[] }>
  ListUnusedKeys: Entry<
    typeof ListUnusedKeysInput,
    { readonly Keys: readonly Wire<UnusedKey>[]; readonly NextCursor?: string }
  >
  PutUseBudget: Entry<typeof PutUseBudgetInput, Nothing>
  DeleteUseBudget: Entry<typeof DeleteUseBudgetInput, Nothing>
  ListUseBudgets: Entry<typeof ListUseBudgetsInput, { readonly Budgets: readonly Wire<UseBudgetView>[] }>
  Attention: Entry<typeof AttentionInput, Wire<Attention>>
}

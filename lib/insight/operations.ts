/** Operations that AWS does not have (service target `Keyhouse`). */

import { AcknowledgeFinding, AcknowledgeRollback } from './acknowledge-log.ts'
import { Attention } from './attention.ts'
import { Capabilities } from './capabilities.ts'
import { AcknowledgeClock, AdvanceClock, Reset, ShowClock } from './clock.ts'
import { CompareAccess } from './compare-access.ts'
import { WatchConnection } from './connection.ts'
import { CountEvents } from './count-events.ts'
import { GetDeletedKey } from './deleted-keys.ts'
import { EventFacets } from './event-facets.ts'
import { EventHistogram } from './event-histogram.ts'
import { GetConsistencyProof, GetEventProof } from './event-proof.ts'
import { ExplainAccess } from './explain-access.ts'
import { ExplainEvent } from './explain-event.ts'
import { FindKeyOfCiphertext } from './find-key.ts'
import { KeyDependents } from './key-dependents.ts'
import { KeyUsage } from './key-usage.ts'
import { ListKeyWatches, StartKeyWatch, StopKeyWatch } from './key-watches.ts'
import { KeysOf } from './keys-of.ts'
import { LabProgress } from './lab-progress.ts'
import { LintIdentityPolicy, LintKeyPolicy } from './lint-policy.ts'
import { ListNamings } from './list-namings.ts'
import { ListPolicyFindings } from './list-policy-findings.ts'
import { GetLogState, ListCheckpoints } from './log-state.ts'
import { CountUseOfMaterials } from './material-use.ts'
import { ListMultiRegionKeys } from './multi-region.ts'
import { DeletePolicyCase, ListPolicyCases, PutPolicyCase } from './policy-cases.ts'
import { GetPolicyVersion, ListPolicyVersions } from './policy-versions.ts'
import { PreviewAccess } from './preview-access.ts'
import { ReadLog, ReadTiles } from './read-log.ts'
import { ReplayPolicy } from './replay-policy.ts'
import { RunPolicyCases } from './run-policy-cases.ts'
import { SearchAliases } from './search-aliases.ts'
import { GetEvent, SearchEvents } from './search-events.ts'
import { SearchGrants } from './search-grants.ts'
import { SearchKeys } from './search-keys.ts'
import { GetSettings, PutSetting } from './settings.ts'
import { ListUnusedKeys } from './unused-keys.ts'
import { DeleteUseBudget, ListUseBudgets, PutUseBudget } from './use-budgets.ts'
import { VerifyLog } from './verify-log.ts'
import { WhoCan } from './who-can.ts'

export const insightOperations = [
  SearchEvents,
  CountEvents,
  EventHistogram,
  EventFacets,
  GetEvent,
  GetLogState,
  ListCheckpoints,
  VerifyLog,
  GetEventProof,
  GetConsistencyProof,
  AcknowledgeFinding,
  AcknowledgeRollback,
  ReadLog,
  ReadTiles,
  SearchKeys,
  SearchGrants,
  GetDeletedKey,
  FindKeyOfCiphertext,
  CountUseOfMaterials,
  ListMultiRegionKeys,
  SearchAliases,
  WatchConnection,
  Capabilities,
  ShowClock,
  AdvanceClock,
  AcknowledgeClock,
  Reset,
  ExplainAccess,
  ExplainEvent,
  WhoCan,
  KeysOf,
  ListNamings,
  CompareAccess,
  ListPolicyVersions,
  GetPolicyVersion,
  ListPolicyCases,
  PutPolicyCase,
  DeletePolicyCase,
  RunPolicyCases,
  LintKeyPolicy,
  LintIdentityPolicy,
  ListPolicyFindings,
  ReplayPolicy,
  GetSettings,
  PutSetting,
  PreviewAccess,
  LabProgress,
  KeyUsage,
  KeyDependents,
  StartKeyWatch,
  StopKeyWatch,
  ListKeyWatches,
  ListUnusedKeys,
  PutUseBudget,
  DeleteUseBudget,
  ListUseBudgets,
  Attention,
] as const

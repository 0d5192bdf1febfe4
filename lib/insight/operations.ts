/** Operations that AWS does not have (service target `Keyhouse`). */

import { AccessAttention } from './access-attention.ts'
import { Capabilities } from './capabilities.ts'
import { AcknowledgeClock, AdvanceClock, Reset, ShowClock } from './clock.ts'
import { CompareAccess } from './compare-access.ts'
import { WatchConnection } from './connection.ts'
import { GetDeletedKey } from './deleted-keys.ts'
import { ExplainAccess } from './explain-access.ts'
import { ExplainEvent } from './explain-event.ts'
import { FindKeyOfCiphertext } from './find-key.ts'
import { KeysOf } from './keys-of.ts'
import { LabProgress } from './lab-progress.ts'
import { LintIdentityPolicy, LintKeyPolicy } from './lint-policy.ts'
import { ListNamings } from './list-namings.ts'
import { CountUseOfMaterials } from './material-use.ts'
import { ListMultiRegionKeys } from './multi-region.ts'
import { DeletePolicyCase, ListPolicyCases, PutPolicyCase } from './policy-cases.ts'
import { GetPolicyVersion, ListPolicyVersions } from './policy-versions.ts'
import { PreviewAccess } from './preview-access.ts'
import { ReplayPolicy } from './replay-policy.ts'
import { RunPolicyCases } from './run-policy-cases.ts'
import { SearchAliases } from './search-aliases.ts'
import { GetEvent, SearchEvents } from './search-events.ts'
import { SearchGrants } from './search-grants.ts'
import { SearchKeys } from './search-keys.ts'
import { GetSettings, PutSetting } from './settings.ts'
import { WhoCan } from './who-can.ts'

export const insightOperations = [
  SearchEvents,
  GetEvent,
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
  ReplayPolicy,
  GetSettings,
  PutSetting,
  PreviewAccess,
  AccessAttention,
  LabProgress,
] as const

/** Operations that AWS does not have (service target `Keyhouse`). */
import { Capabilities } from './capabilities.ts'
import { AcknowledgeClock, AdvanceClock, Reset, ShowClock } from './clock.ts'
import { WatchConnection } from './connection.ts'
import { GetDeletedKey } from './deleted-keys.ts'
import { FindKeyOfCiphertext } from './find-key.ts'
import { CountUseOfMaterials } from './material-use.ts'
import { ListMultiRegionKeys } from './multi-region.ts'
import { SearchAliases } from './search-aliases.ts'
import { GetEvent, SearchEvents } from './search-events.ts'
import { SearchGrants } from './search-grants.ts'
import { SearchKeys } from './search-keys.ts'

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
] as const

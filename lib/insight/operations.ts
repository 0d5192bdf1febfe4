/** Operations that AWS does not have (service target `Keyhouse`). */
import { Capabilities } from './capabilities.ts'
import { WatchConnection } from './connection.ts'
import { GetEvent, SearchEvents } from './search-events.ts'
import { SearchKeys } from './search-keys.ts'

export const insightOperations = [SearchEvents, GetEvent, SearchKeys, WatchConnection, Capabilities] as const

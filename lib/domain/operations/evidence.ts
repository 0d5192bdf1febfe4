/** Inputs of the operations about the log itself, about how often what happened, and about the use of keys. */
import { integer, oneOf, structure, text, timestamp } from '../constraints.ts'
import { FACETS } from '../evidence.ts'
import { keyId, noInput } from './members.ts'

const cursor = () => text({ min: 1, max: 1024 }).optional()
const limit = () => integer(1, 200).optional()
const id = () => text({ min: 36, max: 36, pattern: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' })
/** A place in the log, or a size of it: as exact as a double is. */
const place = () => integer(0, Number.MAX_SAFE_INTEGER)

// ── The log ──
export const GetLogStateInput = noInput()
export const ListCheckpointsInput = structure({ Limit: limit(), Cursor: cursor() })
/** From First on, a bounded number of leaves; Next says where to go on. End is not included. */
export const VerifyLogInput = structure({ First: place().optional(), End: place().optional() })
/** Of the newest checkpoint, or of an older one that has the event. */
export const GetEventProofInput = structure({ EventId: id(), Size: place().optional() })
export const GetConsistencyProofInput = structure({ First: place(), Second: place() })
export const AcknowledgeFindingInput = structure({ Id: id(), Comment: text({ max: 1000 }).optional() })
/** After a rollback or a fork: the log goes on under a new name. */
export const AcknowledgeRollbackInput = structure({ Comment: text({ max: 1000 }).optional() })
/** Leaves with all that is kept of their events, for an export; of every account. */
export const ReadLogInput = structure({ First: place(), Limit: integer(1, 1000).optional() })
export const ReadTilesInput = structure({
  Level: integer(0, 7),
  First: place(),
  Limit: integer(1, 256).optional(),
})

// ── How often what happened ──
const filter = () => text({ max: 2000 }).optional()
const range = { Filter: filter(), From: timestamp().optional(), To: timestamp().optional() }
/** Cursor goes on where an unindexed search stopped. */
export const CountEventsInput = structure({ ...range, Cursor: cursor() })
export const EventHistogramInput = structure({ ...range, MostBuckets: integer(1, 120).optional() })
/** All facets, or one with values that hold some words. */
export const EventFacetsInput = structure({
  ...range,
  Facet: oneOf(FACETS).optional(),
  Words: text({ max: 256 }).optional(),
})

// ── Use of keys ──
export const KeyUsageInput = structure({ KeyId: keyId(), Days: integer(1, 365).optional() })
export const KeyDependentsInput = structure({ KeyId: keyId() })
export const StartKeyWatchInput = structure({ KeyId: keyId(), Days: integer(1, 90) })
export const StopKeyWatchInput = structure({ Id: id() })
export const ListKeyWatchesInput = structure({ KeyId: keyId().optional() })
/** Keys of the Region without use for so many days, and made before. */
export const ListUnusedKeysInput = structure({ Days: integer(1, 3650), Limit: limit(), Cursor: cursor() })
export const PutUseBudgetInput = structure({
  KeyId: keyId(),
  Period: oneOf(['day', 'month']),
  Most: integer(1, Number.MAX_SAFE_INTEGER),
})
export const DeleteUseBudgetInput = structure({ KeyId: keyId(), Period: oneOf(['day', 'month']) })
export const ListUseBudgetsInput = structure({ KeyId: keyId().optional() })
/** What needs a person in this Region today, most urgent first. */
export const AttentionInput = noInput()

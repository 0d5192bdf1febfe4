/** Inputs of the operations that AWS lacks, and the fields their filters know. */
import { integer, oneOf, structure, text, timestamp } from '../constraints.ts'
import type { FilterFields } from '../filter.ts'
import { KEY_SPEC_NAMES, KEY_USAGES } from '../key-spec.ts'
import { KEY_STATES } from '../key-state.ts'
import { noInput } from './members.ts'

export const AUDIT_FIELDS = {
  outcome: ['ok', 'denied', 'error'],
  class: ['crypto', 'admin', 'read', 'auth', 'system'],
  event: null,
  actor: null,
  key: null,
  alias: null,
  error: null,
  request: null,
  id: null,
  source: ['wire', 'console', 'console-read', 'internal'],
  region: null,
  ip: null,
} as const satisfies FilterFields
export type AuditField = keyof typeof AUDIT_FIELDS

export const KEY_FIELDS = {
  alias: null,
  id: null,
  state: KEY_STATES,
  spec: KEY_SPEC_NAMES,
  usage: KEY_USAGES,
  // k=v, or a tag key alone.
  tag: null,
  rotation: ['on', 'off', 'overdue'],
  // never, >30d (longer ago), <30d (since)
  used: null,
} as const satisfies FilterFields
export type KeyField = keyof typeof KEY_FIELDS

const filter = () => text({ max: 2000 }).optional()
const cursor = () => text({ min: 1, max: 1024 }).optional()
const limit = () => integer(1, 200).optional()

/** From is included, To is not. EventId asks for the page around one event. */
export const SearchEventsInput = structure({
  Filter: filter(),
  From: timestamp().optional(),
  To: timestamp().optional(),
  Limit: limit(),
  Cursor: cursor(),
  Order: oneOf(['newest', 'oldest']).optional(),
  EventId: text({ min: 36, max: 36 }).optional(),
})

export const GetEventInput = structure({ EventId: text({ min: 36, max: 36 }) })

export const KEY_SORTS = ['alias', 'lastUsed', 'state', 'created', 'deletionDate'] as const
export type KeySort = (typeof KEY_SORTS)[number]

export const SearchKeysInput = structure({
  Filter: filter(),
  Sort: oneOf(KEY_SORTS).optional(),
  Order: oneOf(['ascending', 'descending']).optional(),
  Limit: limit(),
  Cursor: cursor(),
})

export const WatchConnectionInput = structure({ Since: timestamp() })
export const CapabilitiesInput = noInput()

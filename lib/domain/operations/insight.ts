/** Inputs of the operations that AWS lacks, and the fields their filters know. */
import { integer, oneOf, structure, text, timestamp } from '../constraints.ts'
import type { FilterFields } from '../filter.ts'
import { GRANT_OPERATIONS } from '../grant.ts'
import { KEY_SPEC_NAMES, KEY_USAGES, ORIGINS } from '../key-spec.ts'
import { KEY_STATES } from '../key-state.ts'
import { ciphertextBlob, keyId, noInput } from './members.ts'

/** The fields of AUD-2, in the order in which they are offered. */
export const AUDIT_FIELDS = {
  outcome: ['ok', 'denied', 'error'],
  class: ['crypto', 'admin', 'read', 'auth', 'system'],
  event: null,
  actor: null,
  // userIdentity.type
  'actor.type': ['Root', 'IAMUser', 'AssumedRole', 'AWSService', 'WebIdentityUser', 'AWSAccount'],
  // The name of a role's session.
  session: null,
  // Of who acted, or of what was touched.
  account: null,
  // The key that an alias points to now, by whichever alias it was used; alias is the name in the request.
  key: null,
  alias: null,
  error: null,
  grant: null,
  material: null,
  // A name of its encryption context, of the tags in the request.
  'ctx.*': null,
  'tag.*': null,
  ip: 'addresses',
  // A whole user agent, or its family: aws-cli, Boto3, browser
  agent: null,
  via: null,
  'access-key': null,
  request: null,
  id: null,
  'policy-version': 'number',
  duration: 'duration',
  'read-only': ['true', 'false'],
  source: ['wire', 'console', 'console-read', 'internal'],
  region: null,
} as const satisfies FilterFields
export type AuditField = keyof typeof AUDIT_FIELDS

export const KEY_FIELDS = {
  alias: null,
  id: null,
  state: KEY_STATES,
  spec: KEY_SPEC_NAMES,
  usage: KEY_USAGES,
  origin: ORIGINS,
  regionality: ['single', 'multi', 'primary', 'replica'],
  // k=v, or a tag key alone.
  tag: null,
  rotation: ['on', 'off', 'overdue'],
  // never, >30d (longer ago), <30d (since)
  used: null,
} as const satisfies FilterFields
export type KeyField = keyof typeof KEY_FIELDS

export const GRANT_FIELDS = {
  grantee: null,
  op: GRANT_OPERATIONS,
  key: null,
  constraint: ['none', 'equals', 'subset', 'source'],
  // The account that made it, or who did.
  issuer: null,
  service: null,
  name: null,
} as const satisfies FilterFields
export type GrantField = keyof typeof GRANT_FIELDS

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

export const KEY_SORTS = [
  'alias',
  'lastUsed',
  'state',
  'created',
  'deletionDate',
  'nextRotation',
  'materialExpires',
] as const
export type KeySort = (typeof KEY_SORTS)[number]

/** Whose keys: those of the account, unless AWS managed ones are asked for. */
export const SearchKeysInput = structure({
  Manager: oneOf(['CUSTOMER', 'AWS']).optional(),
  Filter: filter(),
  Sort: oneOf(KEY_SORTS).optional(),
  Order: oneOf(['ascending', 'descending']).optional(),
  Limit: limit(),
  Cursor: cursor(),
})

export const SearchGrantsInput = structure({ Filter: filter(), Limit: limit(), Cursor: cursor() })

export const FindKeyOfCiphertextInput = structure({ CiphertextBlob: ciphertextBlob() })

export const GetDeletedKeyInput = structure({ KeyId: text({ min: 1, max: 2048 }) })

export const CountUseOfMaterialsInput = structure({ KeyId: keyId() })

export const SearchAliasesInput = structure({
  Words: text({ max: 256 }).optional(),
  Limit: limit(),
  Cursor: cursor(),
})

export const ListMultiRegionKeysInput = structure({ Limit: limit(), Cursor: cursor() })

export const WatchConnectionInput = structure({ Since: timestamp() })
export const CapabilitiesInput = noInput()

// Ten years: further than any rotation or deletion waits.
const FURTHEST_STEP = 315_360_000
/** One of the two. */
export const AdvanceClockInput = structure({
  Seconds: integer(1, FURTHEST_STEP).optional(),
  To: timestamp().optional(),
})
export const ShowClockInput = noInput()
export const AcknowledgeClockInput = noInput()
export const ResetInput = noInput()

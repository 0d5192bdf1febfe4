/** The audit log's part of the address: filter, range, order, live, the open event and those compared. Defaults are left out. */
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import { paths } from '#lib/console/paths.ts'
import { PRESET_NAMES } from './range.ts'

/** Everything but what the console's own screens read: a chip that can be taken away. */
export const DEFAULT_FILTER = '-source:console-read'

export const AUDIT_ADDRESS = {
  q: parseAsString.withDefault(DEFAULT_FILTER),
  last: parseAsStringLiteral(PRESET_NAMES),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  sort: parseAsStringLiteral(['time', '-time'] as const).withDefault('-time'),
  event: parseAsString,
  live: parseAsBoolean.withDefault(false),
  compare: parseAsArrayOf(parseAsString).withDefault([]),
}

export type AuditAddress = inferParserType<typeof AUDIT_ADDRESS>

export const readAuditAddress = createLoader(AUDIT_ADDRESS)
const print = createSerializer(AUDIT_ADDRESS)

export const auditHref = (account: string, address: Partial<AuditAddress>): string =>
  print(paths.audit(account), address)

export const EVENT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** When an event happened: the milliseconds of its UUIDv7 (RFC 9562 §5.7). */
export const timeOfEvent = (id: string): Date =>
  new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))

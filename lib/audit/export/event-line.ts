/** An event as a line of a file: of CSV with its columns, or its record as it was written. */
import { type Cell, csvLine, neutralised } from '../../domain/csv.ts'
import type { ExportRow } from './export-rows.ts'

type Column = readonly [name: string, cell: (row: ExportRow) => Cell]

/** Names as CloudTrail has them where it has one. The record has more: who needs all of it takes JSON. */
const COLUMNS: readonly Column[] = [
  ['index', (row) => row.index],
  ['time', (row) => row.ts.toISOString()],
  ['eventID', (row) => row.event_id],
  ['account', (row) => row.account_id],
  ['awsRegion', (row) => row.region],
  ['eventSource', (row) => row.event_source],
  ['eventName', (row) => row.event_name],
  ['class', (row) => row.class],
  ['outcome', (row) => row.outcome],
  ['errorCode', (row) => row.error_code],
  ['readOnly', (row) => row.read_only],
  ['source', (row) => row.source],
  ['principalType', (row) => row.actor_type],
  ['principal', (row) => row.actor_arn],
  ['principalName', (row) => row.actor_name],
  ['sessionName', (row) => row.session_name],
  ['accessKeyId', (row) => row.access_key_id],
  ['sourceIPAddress', (row) => row.address],
  ['userAgent', (row) => row.agent],
  ['requestID', (row) => row.request_id],
  ['keyId', (row) => row.key_id],
  ['alias', (row) => row.alias_name],
  ['viaService', (row) => row.via_service],
  ['grantId', (row) => row.grant_id],
  ['policyVersion', (row) => row.policy_version],
  ['durationMs', (row) => row.duration_ms],
  ['resources', (row) => row.resources],
  ['keyMaterialIds', (row) => row.material_ids],
  ['encryptionContext', (row) => row.context],
  ['tags', (row) => row.tags],
]

/** C0, DEL, C1, line separators, and marks that turn the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a screen or a shell
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

const escaped = (text: string) =>
  text.replace(CONTROL, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A spreadsheet's formula is made text first: an escaped tab or return would hide that it began with one. */
function shown(cell: Cell): Cell {
  if (typeof cell === 'string') return escaped(neutralised(cell))
  return Array.isArray(cell) ? escaped(neutralised(cell.join(' '))) : cell
}

export const CSV_HEAD: string = csvLine(COLUMNS.map(([name]) => name))

export const csvLineOf = (row: ExportRow): string => csvLine(COLUMNS.map(([, cell]) => shown(cell(row))))

/** The record on one line. Only white space between tokens can be a line's end in JSON. */
export const recordLineOf = ({ record }: ExportRow): string => record.replaceAll(/[\r\n]/g, ' ')

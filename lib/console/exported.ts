/**
 * Rows of a list as files: CSV and JSON, with the columns each list has. Pure text; who reads the rows and sends the
 * file is the route.
 */
import { type Cell, csvLine } from '#lib/domain/csv.ts'
import type { OutputOf } from './operations.ts'
import type { GrantEntry } from './outputs.ts'

export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Every row of a list has the same columns in the same order. */
export type ExportRow = Readonly<Record<string, Cell>>

type Listed = OutputOf<'SearchKeys'>['Keys'][number]
type ListedAlias = OutputOf<'SearchAliases'>['Aliases'][number]
type ListedGrant = GrantEntry & { readonly KeyAliases: readonly string[]; readonly CreatedBy: string }

/** Epoch seconds, as the desk tells moments, in ISO 8601. */
const moment = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at * 1000).toISOString()

export const keyRow = (key: Listed): ExportRow => ({
  keyId: key.id,
  arn: key.arn,
  aliases: key.aliases,
  state: key.state,
  spec: key.spec,
  usage: key.usage,
  origin: key.origin,
  multiRegion: key.multiRegion,
  primaryRegion: key.primaryRegion,
  description: key.description,
  tags: key.tags.map((tag) => `${tag.key}=${tag.value}`),
  created: moment(key.created),
  lastUsed: moment(key.lastUse?.ts),
  lastUsedBy: key.lastUse?.actor ?? null,
  lastOperation: key.lastUse?.operation ?? null,
  rotationEnabled: key.rotationEnabled,
  nextRotation: moment(key.nextRotation),
  materialExpires: moment(key.imported?.expires),
  deletionDate: moment(key.deletionDate),
})

export const aliasRow = (alias: ListedAlias): ExportRow => ({
  alias: alias.AliasName,
  arn: alias.AliasArn,
  keyId: alias.TargetKeyId,
  state: alias.KeyState,
  spec: alias.KeySpec,
  usage: alias.KeyUsage,
  created: moment(alias.CreationDate),
  lastChanged: moment(alias.LastUpdatedDate),
})

export const grantRow = (grant: ListedGrant): ExportRow => ({
  grantId: grant.GrantId,
  name: grant.Name,
  keyArn: grant.KeyId,
  keyAliases: grant.KeyAliases,
  grantee: grant.GranteePrincipal ?? grant.GranteeServicePrincipal ?? null,
  operations: grant.Operations,
  constraints: grant.Constraints ? JSON.stringify(grant.Constraints) : null,
  retiringPrincipal: grant.RetiringPrincipal ?? grant.RetiringServicePrincipal ?? null,
  issuingAccount: grant.IssuingAccount,
  createdBy: grant.CreatedBy,
  created: moment(grant.CreationDate),
})

/** The file in pieces, one for each page of rows. A list without rows has no heads in CSV, and is [] in JSON. */
export async function* fileOf(
  format: ExportFormat,
  pages: AsyncIterable<readonly ExportRow[]>,
): AsyncGenerator<string> {
  let begun = false
  for await (const rows of pages) {
    const [first] = rows
    if (!first) continue
    if (format === 'csv') {
      const lines = rows.map((row) => csvLine(Object.values(row)))
      yield [...(begun ? [] : [csvLine(Object.keys(first))]), ...lines].join('')
    } else {
      yield `${begun ? ',' : '['}\n${rows.map((row) => JSON.stringify(row)).join(',\n')}`
    }
    begun = true
  }
  if (format === 'json') yield begun ? '\n]\n' : '[]\n'
}

/** The MACs of key, alias and grant rows: what a database writer cannot forge without the root key (R15). */
import { equalBytes } from '#lib/crypto/equal.ts'
import { rowMac } from '#lib/crypto/row-mac.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import type { GrantColumns } from '#lib/store/grants.ts'
import type { KeyRow } from '#lib/store/keys.ts'

const date = (value: Date | null) => (value === null ? null : String(value.getTime()))
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/**
 * Columns that came later count only where they say something, so that the MACs of rows from before them still hold.
 * The fields are encoded with their number: nothing can be moved from one column to another.
 */
function laterColumns({ publicKey, primaryRegion, memberRegions, pendingWindowDays }: UnsealedKeyRow) {
  if (!publicKey && primaryRegion === null && pendingWindowDays === null) return []
  return [
    publicKey && hex(publicKey),
    primaryRegion,
    memberRegions.join(' '),
    pendingWindowDays === null ? null : String(pendingWindowDays),
  ]
}

export type UnsealedKeyRow = Omit<KeyRow, 'rowMac'>

/** Over every column, in the order of the table. Times count in milliseconds, which is what the engine writes. */
export function keyRowMac(key: KeyObject, row: UnsealedKeyRow): Buffer {
  return rowMac(key, 'key', [
    row.account,
    row.region,
    row.id,
    row.spec,
    row.usage,
    row.origin,
    row.manager,
    String(row.multiRegion),
    row.state,
    row.description,
    hex(row.policyHash),
    row.currentMaterialId,
    date(row.deletionAt),
    String(row.rotationEnabled),
    row.rotationPeriodDays === null ? null : String(row.rotationPeriodDays),
    date(row.nextRotationAt),
    String(row.onDemandRotations),
    ...laterColumns(row),
    String(row.fixedMaterial),
    date(row.createdAt),
    row.createdBy,
    String(row.rowVersion),
  ])
}

export type AliasBinding = {
  readonly account: string
  readonly region: string
  readonly name: string
  readonly keyId: string
}

export const aliasRowMac = (key: KeyObject, alias: AliasBinding): Buffer =>
  rowMac(key, 'alias', [alias.account, alias.region, alias.name, alias.keyId])

/** Over every column, in the order of the table. */
export const grantRowMac = (key: KeyObject, row: GrantColumns): Buffer =>
  rowMac(key, 'grant', [
    row.account,
    row.region,
    row.keyId,
    row.id,
    row.name,
    row.grantee,
    row.granteeKind,
    row.retiring,
    row.retiringKind,
    row.issuingAccount,
    row.createdBy,
    // Names of operations have no spaces.
    row.operations.join(' '),
    row.constraints,
    date(row.createdAt),
  ])

export const sameMac = (a: Uint8Array, b: Uint8Array): boolean => equalBytes(a, b)

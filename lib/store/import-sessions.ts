/** Import sessions: what GetParametersForImport gave out, one wrapping key pair for one import. */
import type { WrappingAlgorithm, WrappingKeySpec } from '#lib/domain/import-wrapping.ts'
import type { Sql, Transaction } from './database.ts'
import type { KeyPlace } from './keys.ts'

export type ImportSession = {
  readonly id: string
  readonly key: KeyPlace
  readonly wrappingAlgorithm: WrappingAlgorithm
  readonly wrappingKeySpec: WrappingKeySpec
  /** PKCS#8 of the wrapping key pair, sealed. */
  readonly privateKeySealed: Uint8Array
  readonly expiresAt: Date
  readonly usedAt: Date | null
}

export async function addImportSession(
  transaction: Transaction,
  { key, privateKeySealed, ...row }: Omit<ImportSession, 'usedAt'> & { readonly createdAt: Date },
): Promise<void> {
  await transaction.prisma.importSession.create({
    data: {
      ...row,
      accountId: key.account,
      region: key.region,
      keyId: key.id,
      privateKeySealed: new Uint8Array(privateKeySealed),
    },
  })
}

type SessionColumns = {
  id: string
  account_id: string
  region: string
  key_id: string
  wrapping_algorithm: WrappingAlgorithm
  wrapping_key_spec: WrappingKeySpec
  private_key_sealed: Uint8Array
  expires_at: Date
  used_at: Date | null
}

/** The session by its id, used or not. */
export async function readImportSession(sql: Sql, id: string): Promise<ImportSession | undefined> {
  const [row] = await sql<SessionColumns>(
    `SELECT id, account_id, region, key_id, wrapping_algorithm, wrapping_key_spec, private_key_sealed, expires_at,
       used_at FROM keyhouse.import_session WHERE id = $1::uuid`,
    [id],
  )
  return (
    row && {
      id: row.id,
      key: { account: row.account_id, region: row.region, id: row.key_id },
      wrappingAlgorithm: row.wrapping_algorithm,
      wrappingKeySpec: row.wrapping_key_spec,
      privateKeySealed: row.private_key_sealed,
      expiresAt: row.expires_at,
      usedAt: row.used_at,
    }
  )
}

/** Spends a session; false when it was spent already. */
export async function spendImportSession(transaction: Transaction, id: string, at: Date): Promise<boolean> {
  const { count } = await transaction.prisma.importSession.updateMany({
    where: { id, usedAt: null },
    data: { usedAt: at },
  })
  return count === 1
}

/** Forgets the wrapping keys of sessions that are over: the token itself says when that was. */
export async function pruneImportSessions(sql: Sql): Promise<void> {
  await sql(`DELETE FROM keyhouse.import_session WHERE expires_at < keyhouse.now()`, [])
}

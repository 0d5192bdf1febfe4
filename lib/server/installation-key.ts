/**
 * The root key of an installation: made once, when nothing was wrapped yet, and compared before anything is
 * unwrapped (R3, R10). Nothing here ever replaces a root key.
 */
import { existsSync } from 'node:fs'
import type { ClientBase } from 'pg'
import { equalBytes } from '#lib/crypto/equal.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import { createFileRootKey, openFileRootKey } from '#lib/rootkey/file.ts'
import { type RootKey, RootKeyError } from '#lib/rootkey/root-key.ts'

/** The check value that this database was made with, or undefined while it is empty. */
async function recordedCheck(sql: ClientBase): Promise<Uint8Array | undefined> {
  const { rows: tables } = await sql.query(`SELECT to_regclass('keyhouse.installation') IS NOT NULL AS there`)
  if (!tables[0]?.there) return undefined
  const { rows } = await sql.query<{ root_key_check: Uint8Array }>(
    `SELECT root_key_check FROM keyhouse.installation`,
  )
  return rows[0]?.root_key_check
}

/**
 * Opens the installation's root key; makes it only for a database that has none.
 * @throws RootKeyError when the key is missing, unreadable, or another database's.
 */
export async function openInstallationKey(sql: ClientBase, path: string): Promise<RootKey> {
  const recorded = await recordedCheck(sql)
  if (!recorded) return existsSync(path) ? openFileRootKey(path) : createFileRootKey(path)
  if (!existsSync(path)) {
    throw new RootKeyError(
      `the root key '${path}' is missing, and the database holds keys that only it opens; restore it from its backup`,
    )
  }
  const rootKey = await openFileRootKey(path)
  if (!equalBytes(await rootKey.checkValue(), recorded)) {
    throw new RootKeyError(
      `the root key '${path}' is not the one this database was made with; nothing was changed. ` +
        'Restore the right key, or point DATABASE_URL at the database that belongs to this one',
    )
  }
  return rootKey
}

/**
 * Writes down which root key the installation goes by, once its tables are there. Of two processes one writes; the
 * other compares. @throws RootKeyError when they differ.
 */
export async function claimInstallation(sql: ClientBase, rootKey: RootKey): Promise<void> {
  const check = await rootKey.checkValue()
  await sql.query(
    `INSERT INTO keyhouse.installation (id, root_key_check) VALUES ($1::uuid, $2) ON CONFLICT DO NOTHING`,
    [uuidv4(), check],
  )
  const recorded = await recordedCheck(sql)
  if (!recorded || !equalBytes(check, recorded)) {
    throw new RootKeyError(
      'another process set this database up with another root key at the same moment; start again',
    )
  }
}

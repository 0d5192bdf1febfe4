/** Rows of second factors. The seed is sealed before it gets here; a time step is good once (R90). */
import type { Sql, Transaction } from './database.ts'

export type MfaDevice = {
  readonly account: string
  /** With its path, without the first slash, as in its serial number. */
  readonly name: string
  /** Whose it is; null until two codes proved it. */
  readonly principal: string | null
  readonly userName: string | null
  readonly enabledAt: Date | null
  readonly createdAt: Date
  readonly seedSealed: Uint8Array
  readonly lastStep: number | null
}

type Columns = {
  account_id: string
  name: string
  principal_id: string | null
  user_name: string | null
  enabled_at: Date | null
  created_at: Date
  seed_sealed: Uint8Array
  last_step: string | null
}

const SELECT = `SELECT d.account_id, d.name, d.principal_id, p.name AS user_name, d.enabled_at, d.created_at, d.seed_sealed,
  d.last_step::text AS last_step FROM keyhouse.mfa_device d LEFT JOIN keyhouse.principal p ON p.id = d.principal_id`

const deviceOf = (row: Columns): MfaDevice => ({
  account: row.account_id,
  name: row.name,
  principal: row.principal_id,
  userName: row.user_name,
  enabledAt: row.enabled_at,
  createdAt: row.created_at,
  seedSealed: row.seed_sealed,
  lastStep: row.last_step === null ? null : Number(row.last_step),
})

export async function readMfaDevice(sql: Sql, account: string, name: string): Promise<MfaDevice | undefined> {
  const [row] = await sql<Columns>(`${SELECT} WHERE d.account_id = $1 AND d.name = $2`, [account, name])
  return row && deviceOf(row)
}

/** Every device of an account, by name. */
export async function listMfaDevices(sql: Sql, account: string): Promise<MfaDevice[]> {
  return (await sql<Columns>(`${SELECT} WHERE d.account_id = $1 ORDER BY d.name`, [account])).map(deviceOf)
}

/** The devices of a principal, by name. */
export async function devicesOfPrincipal(sql: Sql, principal: string): Promise<MfaDevice[]> {
  return (await sql<Columns>(`${SELECT} WHERE d.principal_id = $1 ORDER BY d.name`, [principal])).map(
    deviceOf,
  )
}

/** False when the account has a device of that name. */
export async function addMfaDevice(
  { sql }: Transaction,
  device: { readonly account: string; readonly name: string; readonly seedSealed: Uint8Array },
): Promise<boolean> {
  const rows = await sql(
    `INSERT INTO keyhouse.mfa_device (account_id, name, seed_sealed) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING name`,
    [device.account, device.name, device.seedSealed],
  )
  return rows.length === 1
}

export async function deleteMfaDevice({ sql }: Transaction, account: string, name: string): Promise<void> {
  await sql(`DELETE FROM keyhouse.mfa_device WHERE account_id = $1 AND name = $2`, [account, name])
}

/** Gives the device to a principal, or takes it away with null. */
export async function assignMfaDevice(
  { sql }: Transaction,
  device: { readonly account: string; readonly name: string },
  to: { readonly principal: string; readonly at: Date } | null,
): Promise<void> {
  await sql(
    `UPDATE keyhouse.mfa_device SET principal_id = $3, enabled_at = $4 WHERE account_id = $1 AND name = $2`,
    [device.account, device.name, to?.principal ?? null, to?.at ?? null],
  )
}

/** Spends a time step; false when it, or a later one, was spent before. */
export async function spendStep(
  sql: Sql,
  device: { readonly account: string; readonly name: string },
  step: number,
): Promise<boolean> {
  const rows = await sql(
    `UPDATE keyhouse.mfa_device SET last_step = $3
     WHERE account_id = $1 AND name = $2 AND (last_step IS NULL OR last_step < $3) RETURNING name`,
    [device.account, device.name, step],
  )
  return rows.length === 1
}

/** What a person has for signing in: whether a new password is due, and how many second factors they have. */
import type { Sql } from './database.ts'

export type SignInMeans = { readonly resetRequired: boolean; readonly factors: number }

/** Of a principal's id; undefined where there is none. */
export async function readSignInMeans(sql: Sql, principal: string): Promise<SignInMeans | undefined> {
  const [row] = await sql<SignInMeans>(
    `SELECT p.password_reset_required AS "resetRequired",
       (SELECT count(*)::int FROM keyhouse.mfa_device d WHERE d.principal_id = p.id) AS factors
     FROM keyhouse.principal p WHERE p.id = $1`,
    [principal],
  )
  return row
}

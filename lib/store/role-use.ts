/** When sessions of a role were last at work, by the search index of the log. Goes to the reader: never for decisions. */
import type { Sql } from './database.ts'

type Asked = {
  readonly account: string
  /** How the ARNs of the role's sessions begin. */
  readonly sessions: string
  readonly since: Date
}

export async function lastRoleUse(
  reader: Sql,
  { account, sessions, since }: Asked,
): Promise<{ readonly at: Date; readonly region: string } | undefined> {
  const [row] = await reader<{ at: Date; region: string }>(
    `SELECT ts AS at, region FROM audit.entry
     WHERE account_id = $1 AND ts >= $3 AND starts_with(actor_arn, $2) ORDER BY ts DESC LIMIT 1`,
    [account, sessions, since],
  )
  return row
}

/** Whose policies a simulation is about: principals and groups by name. */
import type { Sql } from './database.ts'
import type { StoredPolicy } from './identities.ts'

/** The id of a user or role by the path and name that its ARN ends with: `/jobs/deployer`. */
export async function principalIdOf(
  sql: Sql,
  { account, kind, pathAndName }: { account: string; kind: 'user' | 'role'; pathAndName: string },
): Promise<string | undefined> {
  const [row] = await sql<{ id: string }>(
    `SELECT id FROM keyhouse.principal WHERE account_id = $1 AND kind = $2 AND path || name = $3`,
    [account, kind, pathAndName],
  )
  return row?.id
}

/** The policies of a group, inline and attached; undefined when there is no such group. */
export async function policiesOfGroup(
  sql: Sql,
  account: string,
  pathAndName: string,
): Promise<StoredPolicy[] | undefined> {
  const [group] = await sql<{ id: string }>(
    `SELECT id FROM keyhouse.user_group WHERE account_id = $1 AND path || name = $2`,
    [account, pathAndName],
  )
  if (!group) return undefined
  return sql<StoredPolicy>(
    `SELECT i.name, encode(i.policy_hash, 'hex') AS hash, d.body FROM (
       SELECT 'group' || g.path || g.name || '/' || gp.name AS name, gp.policy_hash
         FROM keyhouse.group_policy gp JOIN keyhouse.user_group g ON g.id = gp.group_id WHERE gp.group_id = $1
       UNION ALL SELECT 'policy' || m.path || m.name, v.policy_hash FROM keyhouse.group_attachment ga
         JOIN keyhouse.managed_policy m ON m.id = ga.policy_id
         JOIN keyhouse.managed_policy_version v ON v.policy_id = m.id AND v.version = m.default_version
         WHERE ga.group_id = $1) i
     JOIN keyhouse.policy_document d ON d.hash = i.policy_hash ORDER BY i.name`,
    [group.id],
  )
}

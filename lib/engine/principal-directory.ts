/**
 * Which principals there are, for policies and grants that name them. Of an account that is not in this installation
 * nothing is known, and everything well formed is believed.
 */
import { parseArn } from '#lib/domain/arn.ts'
import type { Sql } from '#lib/store/database.ts'
import { principalNames } from '#lib/store/identities.ts'

/** `assumed-role/worker/session` → `assumed-role/worker`: a session needs its role, not to have been opened. */
const nameOf = (resource: string) =>
  resource.startsWith('assumed-role/') ? resource.split('/').slice(0, 2).join('/') : resource

/** Whether each of these ARNs is of somebody. Others than `arns` are never. */
export async function principalDirectory(
  sql: Sql,
  arns: readonly string[],
): Promise<(arn: string) => boolean> {
  const parsed = new Map(arns.flatMap((arn) => [[arn, parseArn(arn)] as const]))
  const accounts = new Set([...parsed.values()].flatMap((arn) => arn?.account ?? []))
  const names = await principalNames(sql, [...accounts])
  return (arn) => {
    const given = parsed.get(arn)
    if (!given) return false
    const known = names.get(given.account)
    return known === undefined || known.has(nameOf(given.resource))
  }
}

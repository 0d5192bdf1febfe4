/** Who of a key's future principals would manage and use it, and whether by the key policy or through the account. Pure. */
import type { PrincipalRow } from '#components/access/matrix-words.ts'
import { readPolicy } from '#lib/domain/policy-grammar.ts'
import { describeStatement } from '#lib/domain/policy-sentences.ts'

export type Crossing = {
  /** Named by the key policy itself. */
  readonly named: readonly string[]
  /** Named nowhere in it: an identity policy lets them. */
  readonly delegated: readonly string[]
}

type Row = Pick<PrincipalRow, 'PrincipalArn' | 'Kind' | 'Group'>

/** The account's root is neither: it is what the account statement stands for. */
export function crossing(policy: string, rows: readonly Row[]): Crossing {
  const { statements } = readPolicy(policy, 'key')
  const allowed = statements.filter(({ effect }) => effect === 'Allow')
  const names = new Set(allowed.flatMap(({ principal }) => principal?.names ?? []).map(({ value }) => value))
  const both = rows.filter(({ Group, Kind }) => Group === 'both' && Kind !== 'root')
  const arns = both.map(({ PrincipalArn }) => PrincipalArn)
  return {
    named: arns.filter((arn) => names.has(arn)),
    delegated: arns.filter((arn) => !names.has(arn)),
  }
}

/** Whether the account's identity policies may give access, too. */
export const delegates = (policy: string, account: string): boolean =>
  readPolicy(policy, 'key').statements.some((one) => describeStatement(one, account).role === 'root')

export const statementsInWords = (policy: string, account: string): readonly string[] =>
  readPolicy(policy, 'key').statements.map((one) => describeStatement(one, account).sentence)

import type { Scope } from '#lib/console/paths.ts'
import { partitionOf } from '#lib/domain/arn.ts'

const SHORT = /^(user|role)\/[\w+=,.@/-]+$/

/** The ARN of a principal of the account that is typed as user/bob; everything else stays as it was typed. */
export function principalArn(typed: string, { account, region }: Scope): string {
  const text = typed.trim()
  return SHORT.test(text) ? `arn:${partitionOf(region)}:iam::${account}:${text}` : text
}

/** A key with much to judge: a policy of thirty statements, of which the last one gives, and fifty grants. */
import { userArn } from '#lib/domain/arn.ts'

const STATEMENTS = 30
const GRANTS = 50

const denial = (n: number) => ({
  Sid: `Fence ${n}`,
  Effect: 'Deny',
  Principal: '*',
  Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  Condition: {
    StringLike: { 'kms:EncryptionContext:tenant': [`closed-${n}-*`, `former-${n}-*`] },
    ...(n % 3 === 0 && { IpAddress: { 'aws:SourceIp': `198.51.${n}.0/24` } }),
  },
})

/** Its policy: everyone of the account by their identity policies, unless one of the fences stands in the way. */
export function guardedPolicy(account: string): string {
  const root = { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' }
  const fences = Array.from({ length: STATEMENTS - 1 }, (_, n) => denial(n))
  return JSON.stringify({ Version: '2012-10-17', Statement: [...fences, root] })
}

/** To others than whoever asks: grants that have to be told apart. */
export const guardedGrants = (KeyId: string, account: string) =>
  Array.from({ length: GRANTS }, (_, n) => ({
    KeyId,
    // Of an account that is not here, so that nobody has to be made.
    GranteePrincipal: userArn('aws', account, '/', `worker-${n}`),
    Operations: ['Encrypt', 'Decrypt'],
    Constraints: { EncryptionContextSubset: { tenant: `tenant-${n}` } },
  }))

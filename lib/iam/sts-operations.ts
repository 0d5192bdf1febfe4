/** The operations of STS. */
import { GetAccessKeyInfo } from './access-key-info.ts'
import { AssumeRole } from './assume-role.ts'
import { AssumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts'
import { GetCallerIdentity } from './get-caller-identity.ts'
import { GetSessionToken } from './session-token.ts'

export const stsOperations = [
  AssumeRole,
  AssumeRoleWithWebIdentity,
  GetAccessKeyInfo,
  GetCallerIdentity,
  GetSessionToken,
] as const

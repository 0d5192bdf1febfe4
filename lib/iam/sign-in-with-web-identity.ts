/**
 * A person whom an identity provider vouched for, at the console's door: judged as AssumeRoleWithWebIdentity is. What it
 * opens is a session of the console, which the desk makes in the same transaction; no credentials leave.
 */
import { SwitchRoleInput } from '#lib/domain/operations/people.ts'
import { operation } from '#lib/engine/operation.ts'
import { permitTokenHolder } from './assume-role-with-web-identity.ts'
import type { OpenRole } from './switch-role.ts'

export const signInWithWebIdentity = (open: OpenRole) =>
  operation({
    name: 'AssumeRoleWithWebIdentity',
    service: 'STS',
    action: 'sts:AssumeRoleWithWebIdentity',
    class: 'auth',
    input: SwitchRoleInput,
    logged: {
      request: ({ RoleArn, RoleSessionName }) => ({ roleArn: RoleArn, roleSessionName: RoleSessionName }),
      response: (output: { Subject: string; Provider: string }) => ({
        subjectFromWebIdentityToken: output.Subject,
        provider: output.Provider,
      }),
    },
    async run(call, input) {
      const { role, token } = await permitTokenHolder(call, input)
      return call.change({
        rows: (transaction) => open(transaction, role),
        output: { Subject: token.subject, Provider: token.provider },
      })
    },
  })

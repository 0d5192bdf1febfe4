/**
 * A person of the console who switches to a role: judged as AssumeRole is. What it opens is a session of the console,
 * which the desk makes in the same transaction; no credentials leave.
 */
import { SwitchRoleInput } from '#lib/domain/operations/people.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import type { Transaction } from '#lib/store/database.ts'
import type { RoleToAssume } from '#lib/store/roles-to-assume.ts'
import { permitAssumption } from './assume-role.ts'
import { findNamedRole, trusting } from './role-session.ts'
import { sessionTags } from './session-tags.ts'

/** Opens the session, in the transaction of the event that says so. */
export type OpenRole = (transaction: Transaction, role: RoleToAssume) => Promise<void>

export const switchRole = (open: OpenRole) =>
  operation({
    name: 'SwitchRole',
    service: 'STS',
    action: 'sts:AssumeRole',
    class: 'auth',
    input: SwitchRoleInput,
    logged: {
      request: ({ RoleArn, RoleSessionName }) => ({ roleArn: RoleArn, roleSessionName: RoleSessionName }),
      response: () => ({ SwitchRole: 'Success' }),
    },
    async run(call, input) {
      const { identity } = call
      if (identity.principal.kind !== 'user')
        throw new KmsError('AccessDeniedException', 'Only users switch to a role in the console.')
      const named = await findNamedRole(call, input.RoleArn)
      const wish = { tags: sessionTags(identity, {}), source: undefined, withFactor: false }
      await permitAssumption(call, input, { named, wish })
      const role = trusting(named)
      call.mention({ type: 'AWS::IAM::Role', arn: named.arn, accountId: role.account })
      return call.change({ rows: (transaction) => open(transaction, role), output: {} })
    },
  })

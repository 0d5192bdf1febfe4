/** STS GetCallerIdentity: needs no permission and cannot be denied (facts §18.2). */
import { noInput } from '#lib/domain/operations/members.ts'
import { operation } from '#lib/engine/operation.ts'

export const GetCallerIdentity = operation({
  name: 'GetCallerIdentity',
  service: 'STS',
  action: null,
  input: noInput(),
  class: 'read',
  logged: { request: () => null },
  async run({ identity: { principal } }) {
    return { UserId: principal.id, Account: principal.account, Arn: principal.arn }
  },
})

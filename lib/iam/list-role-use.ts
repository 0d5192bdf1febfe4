/** When each role of the account was last used, by the log: what the list of roles shows beside IAM's own. */
import { noInput } from '#lib/domain/operations/members.ts'
import { operation } from '#lib/engine/operation.ts'
import { listRoles } from '#lib/store/roles.ts'
import { roleLastUsed } from './role-view.ts'

export const ListRoleUse = operation({
  name: 'ListRoleUse',
  service: 'Keyhouse',
  action: 'iam:ListRoles',
  class: 'read',
  input: noInput(),
  logged: { request: () => null },
  async run(call) {
    await call.permit()
    const roles = await listRoles(call.services.database, call.account)
    const uses = await Promise.all(roles.map((role) => roleLastUsed(call, role)))
    return {
      Roles: roles.map(({ name }, index) => {
        const use = uses[index]
        return { RoleName: name, ...(use && 'LastUsedDate' in use && { LastUsed: use.LastUsedDate }) }
      }),
    }
  },
})

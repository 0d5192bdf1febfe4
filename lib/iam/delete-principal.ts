/**
 * Deleting users and roles (facts §8.3, §18.3). What they hold must be taken from them first; what names them, anywhere in
 * the installation, names the unique id from now on, and with it nobody: not the next one of this name either.
 */
import { keyArn, partitionOf, sessionArn } from '#lib/domain/arn.ts'
import { RoleInput, UserInput } from '#lib/domain/operations/iam-policies.ts'
import type { PrincipalRenaming } from '#lib/domain/principal-renaming.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import type { Transaction } from '#lib/store/database.ts'
import { deletePrincipal, type Hanging, hangingOn } from '#lib/store/delete-principal.ts'
import { arnOfRole, permittedRole } from './permitted-role.ts'
import { arnOfUser, permittedUser } from './permitted-user.ts'
import { rewritePrincipals } from './rewrite-principals.ts'

/** In the order that AWS asks. */
const CONFLICTS: readonly (readonly [keyof Hanging, string])[] = [
  ['attached', 'must detach all policies first.'],
  ['inline', 'must delete policies first.'],
  ['accessKeys', 'must delete access keys first.'],
  ['password', 'must delete login profile first.'],
  ['devices', 'must delete MFA device first.'],
  ['groups', 'must remove users from group first.'],
]

/** @throws DeleteConflict */
async function checkBare({ services }: Call, principal: string): Promise<void> {
  const hanging = await hangingOn(services.database, principal)
  const conflict = CONFLICTS.find(([what]) => Boolean(hanging[what]))
  if (conflict) throw new KmsError('DeleteConflict', `Cannot delete entity, ${conflict[1]}`)
}

/** Keys that an event names as its resources, where it changes very many. */
const MENTIONED = 50

/**
 * A change of identities that also exchanges a principal's name wherever it stands: for a deletion by its unique id, for a
 * renaming by its new ARN.
 */
export async function changeAndRewrite(
  call: Call,
  renaming: PrincipalRenaming,
  rows: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  const rewriting = await rewritePrincipals(call.services, renaming, call.identity.principal.arn)
  for (const { account, region, id } of rewriting.keys.slice(0, MENTIONED)) {
    const arn = keyArn({ partition: partitionOf(region), account, region }, id)
    call.mention({ type: 'AWS::KMS::Key', arn, accountId: account })
  }
  await call.change({
    identitiesOf: rewriting.accounts,
    async rows(transaction, eventId) {
      await rows(transaction)
      await rewriting.write(transaction, eventId)
    },
    output: undefined,
  })
  rewriting.forget()
}

export const DeleteUser = operation({
  name: 'DeleteUser',
  service: 'IAM',
  action: 'iam:DeleteUser',
  class: 'admin',
  input: UserInput,
  logged: { request: members('UserName') },
  async run(call, input) {
    const user = await permittedUser(call, input.UserName)
    await checkBare(call, user.id)
    const renaming = { arn: arnOfUser(call, user), sessions: null, to: user.id }
    await changeAndRewrite(call, renaming, (rows) => deletePrincipal(rows, user.id))
  },
})

export const DeleteRole = operation({
  name: 'DeleteRole',
  service: 'IAM',
  action: 'iam:DeleteRole',
  class: 'admin',
  input: RoleInput,
  logged: { request: members('RoleName') },
  async run(call, input) {
    const role = await permittedRole(call, input.RoleName)
    await checkBare(call, role.id)
    const sessions = sessionArn(call.identity.principal.partition, call.account, role.name, '')
    const renaming = { arn: arnOfRole(call, role), sessions, to: role.id }
    await changeAndRewrite(call, renaming, (rows) => deletePrincipal(rows, role.id))
  },
})

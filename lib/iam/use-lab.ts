/**
 * Acting as one of the people of the sample account without their password: a permission of the installation's first
 * account, so that the people themselves stay three. What opens the session is the desk's (lib/desk/lab.ts).
 */
import { UseLabInput } from '#lib/domain/operations/labs.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { SAMPLE_PEOPLE } from '#lib/domain/sample.ts'
import { permitInstallation } from '#lib/engine/first-account.ts'
import { operation } from '#lib/engine/operation.ts'
import { findSampleAccounts } from '#lib/store/accounts.ts'
import { findUser } from '#lib/store/principals.ts'

/** Who is to act. */
export type LabIdentity = { readonly account: string; readonly principalId: string }

export const UseLab = operation({
  name: 'UseLab',
  service: 'Keyhouse',
  action: 'keyhouse:UseLab',
  class: 'auth',
  input: UseLabInput,
  logged: {
    request: ({ Name }: { Name: string }) => ({ name: Name }),
    response: ({ account }: LabIdentity) => ({ account }),
  },

  async run(call, { Name: name }): Promise<LabIdentity> {
    await permitInstallation(call, 'the labs belong')
    const { database } = call.services
    // Only whom the sample made: somebody else may have been added to its account since.
    const known = SAMPLE_PEOPLE.some((person) => person.name === name)
    for (const { id: account } of known ? await findSampleAccounts(database) : []) {
      const user = await findUser(database, account, name)
      if (user) return { account, principalId: user.id }
    }
    throw new KmsError('NotFoundException', `The sample account has nobody by the name '${name}'.`)
  },
})

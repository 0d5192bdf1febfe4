/**
 * Lab identities: an administrator of the installation who is signed in on a browser may act there as alice, bob or carol
 * of the sample account. There is no default account (R91): who holds none of its passwords and is no administrator
 * gets in nowhere, and none of the three can become another of them.
 */
import { KmsError } from '#lib/domain/refusal.ts'
import { SAMPLE_PEOPLE } from '#lib/domain/sample.ts'
import { type LabIdentity, UseLab } from '#lib/iam/use-lab.ts'
import { findSampleAccounts } from '#lib/store/accounts.ts'
import { firstAccount } from '#lib/store/settings.ts'
import { dutyOf } from './duties.ts'
import type { DeskParts } from './parts.ts'
import { type SignedIn, signedInOn } from './sessions.ts'
import { callerOf, startSession } from './sign-in.ts'
import type { Visit } from './visit.ts'

/** Who on this browser may be asked whether the lab may be used: people of the first account with nothing due. */
async function administratorsOn(parts: DeskParts, visit: Visit): Promise<SignedIn[]> {
  const { services } = parts
  const first = await firstAccount(services.database.sql)
  const ours = (await signedInOn(services, visit)).filter(({ identity }) => identity.account === first)
  const due = await Promise.all(ours.map((signedIn) => dutyOf(services, signedIn)))
  return ours.filter((_, index) => due[index] === undefined)
}

async function permitted(parts: DeskParts, visit: Visit, name: string): Promise<LabIdentity> {
  let refusal: unknown = new KmsError(
    'AccessDeniedException',
    'An administrator of this installation must be signed in on this browser to use a lab identity. ' +
      'The people of the sample account can sign in with their own passwords, too.',
  )
  for (const { row, identity } of await administratorsOn(parts, visit)) {
    const caller = callerOf(identity, row, { ...visit, region: undefined })
    try {
      const { output } = await parts.invoke(caller, UseLab, { Name: name })
      // The operation's own run made this output.
      return output as LabIdentity
    } catch (thrown) {
      if (!(thrown instanceof KmsError)) throw thrown
      refusal = thrown
    }
  }
  throw refusal
}

/**
 * Signs one of the three in on this browser, beside whoever is there.
 * @throws KmsError AccessDeniedException, NotFoundException
 */
export async function useLabIdentity(parts: DeskParts, visit: Visit, { name }: { readonly name: string }) {
  const { principalId } = await permitted(parts, visit, name)
  const identity = await parts.services.identities.byPrincipal(principalId)
  if (!identity)
    throw new KmsError('NotFoundException', `The sample account has nobody by the name '${name}'.`)
  return startSession(parts, visit, { identity, factor: false })
}

/** What the labs run in, for whoever is signed in on this browser; null where there is no sample account. */
export async function showLab(parts: DeskParts, visit: Visit) {
  const { services } = parts
  const here = await signedInOn(services, visit)
  const [account] = here.length > 0 ? await findSampleAccounts(services.database) : []
  if (!account) return { lab: null }
  return {
    lab: {
      account: account.id,
      regions: account.regions,
      people: SAMPLE_PEOPLE.map(({ name, role }) => ({ name, role })),
      administrator: (await administratorsOn(parts, visit)).length > 0,
    },
  }
}

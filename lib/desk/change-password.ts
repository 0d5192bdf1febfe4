/** A person's own password, changed by knowing it: counted and slowed down like signing in. */
import { canonicalName } from '#lib/domain/account.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { ChangeOwnPassword } from '#lib/iam/own-sign-in.ts'
import type { DeskParts } from './parts.ts'
import { requireAnySession } from './sessions.ts'
import { callerOf } from './sign-in.ts'
import { countSignIn, forgiveSignIn } from './throttle.ts'
import type { Visit } from './visit.ts'

/** Ends every other session of the person. @throws KmsError, TooManyAttempts */
export async function changePassword(
  parts: DeskParts,
  visit: Visit,
  { password, next }: { readonly password: string; readonly next: string },
) {
  const { row, identity } = await requireAnySession(parts.services, visit)
  const { account, name } = identity.principal
  const attempt = { account, user: canonicalName(name), address: visit.channel.address, known: true }
  await countSignIn(parts.services, attempt)
  const caller = callerOf(identity, row, { ...visit, region: undefined })
  try {
    await parts.invoke(caller, ChangeOwnPassword, { OldPassword: password, NewPassword: next })
  } catch (thrown) {
    // The present password was right; the new one is not good enough.
    if (thrown instanceof KmsError && thrown.code === 'PasswordPolicyViolation')
      await forgiveSignIn(parts.services, attempt)
    throw thrown
  }
  await forgiveSignIn(parts.services, attempt)
  return {}
}

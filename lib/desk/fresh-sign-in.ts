/**
 * Acts that need a recent proof of who is at the keyboard, and the proof (R92): a session that lies open must not be
 * enough to take a key away from its users.
 */
import { verifyPassword } from '#lib/crypto/password.ts'
import { canonicalName } from '#lib/domain/account.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Identity } from '#lib/engine/identities.ts'
import type { Services } from '#lib/engine/services.ts'
import { findUser } from '#lib/store/principals.ts'
import { confirmSession, readSession } from '#lib/store/sessions.ts'
import { recordAlone, refusedSignInEvent } from './auth-events.ts'
import type { DeskParts } from './parts.ts'
import { requireAnySession, type SignedIn } from './sessions.ts'
import { countSignIn, forgiveSignIn } from './throttle.ts'
import type { Visit } from './visit.ts'

/** How long a proof counts. */
export const FRESH_MS = 5 * 60_000

/** Operations that take something away from others, or give it to somebody. Verbs that make a credential ask for themselves. */
export const NEEDS_FRESH_SIGN_IN: ReadonlySet<string> = new Set([
  'DisableKey',
  'ScheduleKeyDeletion',
  'DeleteImportedKeyMaterial',
  'PutKeyPolicy',
  'AcknowledgeClock',
  'AcknowledgeRollback',
  'Reset',
  // Of identities: what makes a credential, gives permissions, or ends somebody (R92).
  'CreateAccessKey',
  'UpdateAccessKey',
  'DeleteAccessKey',
  'CreateLoginProfile',
  'UpdateLoginProfile',
  'DeleteLoginProfile',
  'DeactivateMFADevice',
  'DeleteUser',
  'DeleteRole',
  'DeleteGroup',
  'DeletePolicy',
  'AddUserToGroup',
  'UpdateAssumeRolePolicy',
  'PutUserPolicy',
  'PutRolePolicy',
  'PutGroupPolicy',
  'AttachUserPolicy',
  'AttachRolePolicy',
  'AttachGroupPolicy',
  'CreatePolicyVersion',
  'SetDefaultPolicyVersion',
  'PutUserPermissionsBoundary',
  'PutRolePermissionsBoundary',
  'DeleteUserPermissionsBoundary',
  'DeleteRolePermissionsBoundary',
  'PutGuardrail',
  'DeleteGuardrail',
])

/** Thrown when the last proof is too old; the same session goes on after another. */
export class StaleSignIn extends KmsError {
  readonly confirm = true
  constructor() {
    super(
      'ExpiredTokenException',
      'This needs your password again: you signed in more than five minutes ago.',
    )
  }
}

/** The same for whoever has no password here: only their identity provider can take another proof. */
export class StaleFederation extends KmsError {
  readonly signInAgain = true
  constructor() {
    super(
      'ExpiredTokenException',
      'This needs a recent sign-in: you signed in with your identity provider more than five minutes ago.',
    )
  }
}

/** @throws StaleSignIn, StaleFederation */
export function requireFreshSignIn({ clock }: Services, { row }: SignedIn): void {
  if (clock.real().getTime() - row.authenticatedAt.getTime() <= FRESH_MS) return
  throw row.federatedProvider === null ? new StaleSignIn() : new StaleFederation()
}

/** The person behind a session: whoever switched to a role goes on being that person. */
export async function personOf(services: Services, { row, identity }: SignedIn): Promise<Identity> {
  const origin =
    row.switchedFrom === null ? undefined : await readSession(services.database, row.switchedFrom)
  return (origin && (await services.identities.byPrincipal(origin.principal))) ?? identity
}

/** Takes the password of whoever is signed in, counted and refused like a sign-in. @throws KmsError, TooManyAttempts */
export async function confirmPassword(parts: DeskParts, visit: Visit, { password }: { password: string }) {
  const { services } = parts
  const signedIn = await requireAnySession(services, visit)
  const identity = await personOf(services, signedIn)
  const { account, name } = identity.principal
  const attempt = { account, user: canonicalName(name), address: visit.channel.address, known: true }
  await countSignIn(services, attempt)
  const user = await findUser(services.database, account, canonicalName(name))
  if (!(await verifyPassword(password, user?.password ?? undefined))) {
    const place = { account, region: identity.regions[0] ?? '' }
    await recordAlone(parts, refusedSignInEvent(services.clock.real(), place, { name, visit }))
    throw new KmsError('UnrecognizedClientException', 'The password is not right.')
  }
  await forgiveSignIn(services, attempt)
  await confirmSession(services.database, signedIn.row, services.clock.real())
  return {}
}

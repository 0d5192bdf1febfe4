/**
 * What temporary credentials cannot do whatever policies say: a session makes no session of the same kind, and one
 * that a user opened without a second factor touches neither IAM nor the rest of STS.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
import type { Caller } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Identity } from './identities.ts'
import type { AnyOperation } from './operation.ts'

/** What a user's own session may ask STS for. */
const OF_USERS_SESSION: ReadonlySet<string> = new Set(['AssumeRole', 'GetCallerIdentity'])

/** @throws KmsError for an operation that the caller's temporary credentials are closed to. */
export function checkSession(
  { credential }: Caller,
  { session, principal }: Identity,
  operation: AnyOperation,
): void {
  if (credential.kind !== 'access-key' || !session) return
  const { service, name } = operation
  if (service === 'STS' && name === 'GetSessionToken') {
    throw new KmsError('AccessDeniedException', `Cannot call ${name} with session credentials`)
  }
  if (principal.kind === 'role') return
  if (service === 'STS' && !OF_USERS_SESSION.has(name)) {
    throw new KmsError('AccessDeniedException', `Cannot call ${name} with session credentials`)
  }
  // IAM does not know such credentials at all.
  if (service === 'IAM' && session.mfaAt === undefined) {
    throw new KmsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    )
  }
}

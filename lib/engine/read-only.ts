/**
 * While the log is in doubt nothing is changed (R65): what would be decided now rests on an older state of the database,
 * and what is written now may have to be thrown away. Signing in goes on, or nobody could acknowledge it; so do reading
 * and cryptography, whose events are kept either way.
 */
import { KmsError } from '#lib/domain/refusal.ts'
import type { AnyOperation } from './operation.ts'
import type { Services } from './services.ts'

/** What brings things in order again. */
const ALWAYS: ReadonlySet<string> = new Set(['AcknowledgeRollback', 'AcknowledgeFinding', 'AcknowledgeClock'])

/**
 * KMSInvalidStateException is AWS's word for what the state of a thing does not allow. It is a caller's fault on the
 * wire on purpose: SDKs and Terraform repeat what is answered with 5xx, and no repetition helps here.
 */
export function refuseWhileReadOnly(
  { logWatch }: Pick<Services, 'logWatch'>,
  { name, class: auditClass }: Pick<AnyOperation, 'name' | 'class'>,
): void {
  const reason = logWatch.readOnly()
  if (reason === null || auditClass === 'auth' || ALWAYS.has(name)) return
  throw new KmsError('KMSInvalidStateException', reason)
}

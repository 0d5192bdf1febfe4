/** The Recipient member: an answer for a Nitro enclave, which needs its attestation document verified. */
import { KmsError } from '#lib/domain/refusal.ts'

/** @throws UnsupportedOperationException: an answer in clear to someone who asked for a sealed one would be worse. */
export function refuseRecipient(input: { readonly Recipient?: unknown }): void {
  if (input.Recipient !== undefined) {
    throw new KmsError(
      'UnsupportedOperationException',
      'Recipient is not offered here: no attestation root is configured.',
    )
  }
}

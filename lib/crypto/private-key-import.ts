/** A private key that somebody else made, judged in a worker (facts §11). */
import type { AsymmetricSpecName } from '#lib/domain/key-spec.ts'
import { KeyFormatError, openPrivateKey, publicKeyBytes } from './asymmetric-key.ts'
import { inWorker } from './worker-pool.ts'

/**
 * The key as PKCS#8 DER in its one form, which the caller wipes, and its public half as SPKI DER. The caller keeps
 * the bytes given until this is done. Throws KeyFormatError for bytes that are no key of the spec,
 * ThrottlingException when too many wait.
 */
export async function importPrivateKey(
  spec: AsymmetricSpecName,
  pkcs8: Uint8Array,
): Promise<{ bytes: Uint8Array; publicKey: Buffer }> {
  const bytes = await inWorker('normalPrivateKey', { spec, bytes: pkcs8 })
  if (!bytes) throw new KeyFormatError('the bytes are not a key of this spec')
  return { bytes, publicKey: publicKeyBytes(openPrivateKey(spec, bytes)) }
}

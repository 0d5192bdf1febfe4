/**
 * A root key that this process holds itself, as a KeyObject; where it came from is its provider's affair.
 *
 *   record: version 1 | suite 1 | salt 16 | iv 12 | ciphertext | tag 16
 *
 * Sealed as in lib/crypto/one-use.ts with the label root-wrap/v1; additional data = the context.
 */
import { checkValue } from '#lib/crypto/check-value.ts'
import { LABELS } from '#lib/crypto/labels.ts'
import { openOnce, sealOnce } from '#lib/crypto/one-use.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import { UnwrapError } from '#lib/crypto/wrap.ts'
import { SecretBytes } from '#lib/domain/secret-bytes.ts'
import type { RootKey } from './root-key.ts'

const HEADER = Uint8Array.of(1, 1)

/** A root key of 32 bytes in memory. */
export function holdRootKey(provider: string, key: KeyObject): RootKey {
  const long = { key, label: LABELS.rootWrap }
  return {
    provider,
    wrap: async (bytes, context) => sealOnce(long, { header: HEADER, aad: context }, bytes),
    unwrap: async (record, context) => {
      const ours = record[0] === HEADER[0] && record[1] === HEADER[1]
      const bytes = ours ? openOnce(long, { headerBytes: HEADER.length, aad: context }, record) : undefined
      if (!bytes) throw new UnwrapError()
      return new SecretBytes(bytes)
    },
    checkValue: async () => checkValue(key),
  }
}

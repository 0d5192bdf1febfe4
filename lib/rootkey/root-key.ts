/**
 * What every provider of a root key can do. The root key wraps domain keys and nothing else (architecture
 * §4).
 */
import type { SecretBytes } from '#lib/domain/secret-bytes.ts'

export interface RootKey {
  /** The provider's name: file. */
  readonly provider: string
  /** Seals bytes; `context` must be the same to open them. The caller wipes the bytes. */
  wrap(bytes: Uint8Array, context: Uint8Array): Promise<Buffer>
  /** Opens a record. Throws UnwrapError, the same for every reason. */
  unwrap(record: Uint8Array, context: Uint8Array): Promise<SecretBytes>
  /** 8 bytes that tell this root key from another and nothing else (R10). */
  checkValue(): Promise<Buffer>
}

/** A root key that cannot be had. The message is one sentence for the operator and holds no key. */
export class RootKeyError extends Error {
  override readonly name = 'RootKeyError'
}

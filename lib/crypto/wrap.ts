/**
 * Wrapped records: secrets in the database, each bound to exactly what and whose it is (R13).
 *
 *   byte 0         1           2               18        34      46            n-16      n
 *   ┌───────────┬───────────┬───────────────┬─────────┬───────┬─────────────┬─────────┐
 *   │ version 1 │ suite 1   │ domain key id │ salt    │ iv    │ ciphertext  │ tag     │
 *   └───────────┴───────────┴───────────────┴─────────┴───────┴─────────────┴─────────┘
 *
 * The domain key id is a UUID as 16 bytes. Key = KBKDF(domain key, wrap/v1, salt), AES-256-GCM;
 * additional data = bytes 0 to 46, then the fields of the identity (tlv.ts).
 */
import type { KeyObject } from 'node:crypto'
import { SecretBytes } from '#lib/domain/secret-bytes.ts'
import { LABELS } from './labels.ts'
import { ONE_USE_OVERHEAD, openOnce, sealOnce } from './one-use.ts'
import { encodeFields } from './tlv.ts'

const VERSION = 1
const SUITE = 1
const HEADER = 18
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What a record is. Every field counts, and null is not the empty text. */
export type RecordIdentity = {
  readonly partition: string | null
  readonly account: string | null
  readonly region: string | null
  readonly table: string | null
  readonly id: string | null
  readonly part: string | null
  readonly spec: string | null
  readonly usage: string | null
  readonly origin: string | null
}

/** A record that does not open. It never says why. */
export class UnwrapError extends Error {
  override readonly name = 'UnwrapError'

  constructor() {
    super('the record cannot be opened')
  }
}

// The order is part of the format.
const identityFields = (of: RecordIdentity): Buffer =>
  encodeFields([of.partition, of.account, of.region, of.table, of.id, of.part, of.spec, of.usage, of.origin])

function headerOf(domainKeyId: string): Buffer {
  if (!UUID.test(domainKeyId)) throw new TypeError('a domain key id is a lower-case UUID')
  const header = Buffer.alloc(HEADER)
  header[0] = VERSION
  header[1] = SUITE
  header.write(domainKeyId.replaceAll('-', ''), 2, 'hex')
  return header
}

/**
 * The id of the domain key that a record names. Throws UnwrapError when it is not a record of this version.
 */
export function domainKeyIdOf(record: Uint8Array): string {
  if (record.length < HEADER + ONE_USE_OVERHEAD || record[0] !== VERSION || record[1] !== SUITE)
    throw new UnwrapError()
  const hex = Buffer.from(record.buffer, record.byteOffset + 2, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Seals bytes under a domain key, whose id is a UUID. The caller wipes the plaintext. */
export function wrapRecord(
  domainKey: { readonly id: string; readonly key: KeyObject },
  plaintext: Uint8Array,
  identity: RecordIdentity,
): Buffer {
  const bound = { header: headerOf(domainKey.id), aad: identityFields(identity) }
  return sealOnce({ key: domainKey.key, label: LABELS.wrap }, bound, plaintext)
}

/** Opens a record that is what `identity` says. Throws UnwrapError, the same for every reason. */
export function unwrapRecord(
  find: (domainKeyId: string) => KeyObject | undefined,
  record: Uint8Array,
  identity: RecordIdentity,
): SecretBytes {
  const key = find(domainKeyIdOf(record))
  if (!key) throw new UnwrapError()
  const bytes = openOnce(
    { key, label: LABELS.wrap },
    { headerBytes: HEADER, aad: identityFields(identity) },
    record,
  )
  if (!bytes) throw new UnwrapError()
  return new SecretBytes(bytes)
}

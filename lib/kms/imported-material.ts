/** What the bytes of imported material must be for each key spec (facts §11). Knows bytes, no rows. */
import { KeyFormatError } from '#lib/crypto/asymmetric-key.ts'
import { importPrivateKey } from '#lib/crypto/private-key-import.ts'
import { type AsymmetricSpecName, isAsymmetric, KEY_SPECS, type KeySpecName } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'

/** Bytes to be kept; whoever asked for them wipes them. */
export type ImportedBytes = { readonly bytes: Uint8Array; readonly publicKey: Uint8Array | null }

/** https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-conceptual.html#importing-keys-material-requirements */
const MOST_HMAC_BYTES = 128
/** In China a symmetric key is one of SM4: 128 bits. */
const CHINESE_SYMMETRIC_BYTES = 16

const unfit = (spec: KeySpecName) =>
  new KmsError('IncorrectKeyMaterialException', `The key material is not valid for key spec ${spec}.`)

/** In one form: the same key in another encoding of PKCS#8 is the same material. */
async function privateKeyOf(spec: AsymmetricSpecName, pkcs8: Uint8Array): Promise<ImportedBytes> {
  try {
    return await importPrivateKey(spec, pkcs8)
  } catch (thrown) {
    if (thrown instanceof KeyFormatError) throw unfit(spec)
    throw thrown
  }
}

function fits(spec: KeySpecName, length: number, partition: string): boolean {
  const { material } = KEY_SPECS[spec]
  if (material.kind === 'aes')
    return length === (partition === 'aws-cn' ? CHINESE_SYMMETRIC_BYTES : material.bytes)
  return material.kind === 'hmac' && length >= material.least && length <= MOST_HMAC_BYTES
}

/**
 * The material that unwrapped bytes are for a key of the spec, as a copy of its own. The caller keeps the bytes given
 * until this is done.
 * @throws IncorrectKeyMaterialException for bytes of the wrong length or form, and for specs that take none.
 */
export async function importedBytes(
  kind: { readonly spec: KeySpecName; readonly partition: string },
  raw: Uint8Array,
): Promise<ImportedBytes> {
  const { spec, partition } = kind
  if (!KEY_SPECS[spec].imports) throw unfit(spec)
  if (isAsymmetric(spec)) return privateKeyOf(spec, raw)
  if (!fits(spec, raw.length, partition)) throw unfit(spec)
  return { bytes: Uint8Array.from(raw), publicKey: null }
}

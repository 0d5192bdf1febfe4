/** Finding the key of a ciphertext: by what the caller says, and by what the ciphertext says (facts §6.4). */
import { readBlob } from '#lib/crypto/blob.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { EncryptionAlgorithmName } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call, KeyDemand } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { checkManner, DEFAULT_ALGORITHM, decryptWithKey } from './cipher.ts'
import { materialIdOf } from './symmetric.ts'

export type Source = {
  /** Undefined only in a dry run that leaves the ciphertext out. */
  readonly blob: Uint8Array | undefined
  readonly keyId: string | undefined
  /** The member that names the key, for the refusal when nothing does. */
  readonly member: 'keyId' | 'sourceKeyId'
  readonly context: EncryptionContext | undefined
  readonly algorithm: EncryptionAlgorithmName
  readonly conditions?: ConditionValues
}

type CiphertextMembers = {
  readonly CiphertextBlob?: Uint8Array | undefined
  readonly DryRun?: boolean | undefined
  readonly DryRunModifiers?: readonly string[] | undefined
}

const WRONG_KEY = 'The key ID in the request does not identify a CMK that can perform this operation.'

const missing = (member: string) =>
  new KmsError(
    'ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  )

/** A ciphertext may be left out only of a dry run that says so (facts §2.8). */
export function ciphertextOf(input: CiphertextMembers): Uint8Array | undefined {
  if (input.CiphertextBlob) return input.CiphertextBlob
  if (input.DryRun && input.DryRunModifiers?.includes('IGNORE_CIPHERTEXT')) return undefined
  throw missing('ciphertextBlob')
}

/** A ciphertext of a symmetric key names its material; every other is bytes that say nothing. */
const namesItself = (source: Source): source is Source & { readonly blob: Uint8Array } =>
  source.blob !== undefined && source.algorithm === DEFAULT_ALGORITHM

const otherKey = () => new KmsError('IncorrectKeyException', WRONG_KEY)

/** The id of the key that will decrypt, before anything is decided: for conditions that compare keys. */
export async function sourceKeyId(call: Call, source: Source): Promise<string | undefined> {
  // Bytes that are no ciphertext name nothing, and are refused for it when the caller has been judged.
  const named = namesItself(source) ? readBlob(source.blob)?.materialId : undefined
  if (named !== undefined) return (await call.services.keys.byMaterial(call.region, named))?.row.id
  return source.keyId === undefined ? undefined : call.keyIdOf(source.keyId)
}

/**
 * The key to decrypt with. A key that is named must be the ciphertext's own: it is never tried against another's.
 * @throws IncorrectKeyException, InvalidCiphertextException, and whatever naming a key can throw
 */
export async function sourceKey(call: Call, action: string, source: Source): Promise<AllowedKey> {
  const key = await nameSource(call, action, source, {
    deed: 'use',
    aliases: true,
    encryptionContext: source.context,
    conditions: { 'kms:EncryptionAlgorithm': source.algorithm, ...source.conditions },
  })
  // Decrypting is where AWS calls a key of another usage a wrong one (facts §2.8).
  if (key.row.usage !== 'ENCRYPT_DECRYPT') throw otherKey()
  if (namesItself(source) && (await isOfAnother(call, key, source.blob))) throw otherKey()
  checkManner(key, source)
  return key
}

async function nameSource(
  call: Call,
  action: string,
  source: Source,
  demand: KeyDemand,
): Promise<AllowedKey> {
  if (source.keyId !== undefined) return call.key(source.keyId, action, demand)
  if (!namesItself(source)) throw missing(source.member)
  return call.keyOfCiphertext(materialIdOf(source.blob), action, demand)
}

/** Whether a blob is of a key that is there, and not of this one. What is no blob is of nobody. */
async function isOfAnother(call: Call, key: AllowedKey, blob: Uint8Array): Promise<boolean> {
  const header = readBlob(blob)
  if (!header || key.row.materials.some((material) => material.id === header.materialId)) return false
  return (await call.services.keys.byMaterial(call.region, header.materialId)) !== undefined
}

/** Decrypts what the source carries. A dry run without a ciphertext has a byte in its place, which nobody receives. */
export async function openSource(
  call: Call,
  key: AllowedKey,
  { blob, algorithm, context }: Source,
): Promise<{ plaintext: Uint8Array; materialId?: string }> {
  return blob ? decryptWithKey(call, key, { blob, algorithm, context }) : { plaintext: new Uint8Array(1) }
}

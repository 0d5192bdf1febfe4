/** Finding the key of a ciphertext: by what the caller says, and by what the ciphertext says (facts §6.4). */
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { EncryptionAlgorithmName } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call, KeyDemand } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { checkAlgorithm, materialIdOf, open } from './symmetric.ts'

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

/** The id of the key that will decrypt, before anything is decided: for conditions that compare keys. */
export async function sourceKeyId(call: Call, source: Source): Promise<string | undefined> {
  if (source.blob)
    return (await call.services.keys.byMaterial(call.region, materialIdOf(source.blob)))?.row.id
  return source.keyId === undefined ? undefined : call.keyIdOf(source.keyId)
}

/**
 * The key to decrypt with. A key that is named must be the ciphertext's own: it is never tried against another's.
 * @throws IncorrectKeyException, InvalidCiphertextException, and whatever naming a key can throw
 */
export async function sourceKey(call: Call, action: string, source: Source): Promise<AllowedKey> {
  const demand: KeyDemand = {
    deed: 'use',
    usage: 'ENCRYPT_DECRYPT',
    aliases: true,
    encryptionContext: source.context,
    conditions: { 'kms:EncryptionAlgorithm': source.algorithm, ...source.conditions },
  }
  const key = await nameSource(call, action, source, demand)
  checkAlgorithm(key, source.algorithm)
  if (source.blob) await checkOwn(call, key, materialIdOf(source.blob))
  return key
}

async function nameSource(
  call: Call,
  action: string,
  source: Source,
  demand: KeyDemand,
): Promise<AllowedKey> {
  if (source.keyId !== undefined) return call.key(source.keyId, action, demand)
  if (!source.blob) throw missing(source.member)
  return call.keyOfCiphertext(materialIdOf(source.blob), action, demand)
}

async function checkOwn(call: Call, key: AllowedKey, materialId: string): Promise<void> {
  if (key.row.materials.some((material) => material.id === materialId)) return
  const other = await call.services.keys.byMaterial(call.region, materialId)
  throw other ? new KmsError('IncorrectKeyException', WRONG_KEY) : new KmsError('InvalidCiphertextException')
}

/** Decrypts what the source carries. A dry run without a ciphertext has a byte in its place, which nobody receives. */
export async function openSource(call: Call, key: AllowedKey, { blob, context }: Source) {
  return blob ? open(call, key, { blob, context }) : { plaintext: new Uint8Array(1), materialId: '' }
}

/** ImportKeyMaterial and DeleteImportedKeyMaterial: material that somebody else made (facts §11). */
import { UnwrapMaterialError, unwrapMaterial } from '#lib/crypto/import-wrapping.ts'
import { keyMaterialId } from '#lib/crypto/material-id.ts'
import { DeleteImportedKeyMaterialInput, ImportKeyMaterialInput } from '#lib/domain/operations/import.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { SecretBytes } from '#lib/domain/secret-bytes.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { loggedAnswer, members } from '#lib/engine/logged.ts'
import { withoutMaterial } from '#lib/engine/material-deletion.ts'
import { sealMaterial } from '#lib/engine/new-material.ts'
import { operation } from '#lib/engine/operation.ts'
import { importWrappingKey } from '#lib/engine/record-identity.ts'
import { StaleDecision } from '#lib/engine/stale.ts'
import { type ImportSession, readImportSession, spendImportSession } from '#lib/store/import-sessions.ts'
import { bringKnown, bringNew } from './import-change.ts'
import { expirationModelOf, expiryOf, type ImportRequest, isNew } from './import-terms.ts'
import { invalidToken, openImportToken } from './import-token.ts'
import { takesMaterial } from './imported-kinds.ts'
import { type ImportedBytes, importedBytes } from './imported-material.ts'

/** @throws InvalidImportTokenException, also for a session that was used; ExpiredImportTokenException */
async function sessionOf(call: Call, key: AllowedKey, token: Uint8Array): Promise<ImportSession> {
  const id = openImportToken(call.services, key.row, { token, now: call.now })
  const session = await readImportSession(call.services.database.sql, id)
  if (!session || session.usedAt !== null) throw invalidToken()
  return session
}

function unwrapRefusal(thrown: unknown): unknown {
  if (!(thrown instanceof UnwrapMaterialError)) return thrown
  if (thrown.kind === 'size') return new KmsError('ValidationException', 'Invalid encrypted key size.')
  return new KmsError('InvalidCiphertextException')
}

/** @throws ValidationException for wrapped bytes of the wrong length, InvalidCiphertextException for all else. */
async function unwrapped(call: Call, session: ImportSession, wrapped: Uint8Array): Promise<SecretBytes> {
  const opened = await call.services.domainKeys.open(session.privateKeySealed, importWrappingKey(session))
  // The unwrapping goes on in a worker, so the key is lent as a copy that is wiped after it.
  const privateKey = opened.lend((raw) => Uint8Array.from(raw))
  const { wrappingAlgorithm, wrappingKeySpec } = session
  try {
    return await unwrapMaterial({ privateKey, wrappingAlgorithm, wrappingKeySpec, wrapped })
  } catch (thrown) {
    throw unwrapRefusal(thrown)
  } finally {
    privateKey.fill(0)
  }
}

/** @throws IncorrectKeyMaterialException for bytes that are no material of the key's spec. */
async function judged(key: AllowedKey, material: SecretBytes): Promise<ImportedBytes> {
  // A private key is judged in a worker, so the bytes are lent as a copy that is wiped after it.
  const raw = material.lend((bytes) => Uint8Array.from(bytes))
  try {
    return await importedBytes({ spec: key.row.spec, partition: key.place.partition }, raw)
  } finally {
    raw.fill(0)
  }
}

/** @throws IncorrectKeyMaterialException when the caller says which material it must be, and it is another. */
function checkIsNamed(key: AllowedKey, { bytes }: ImportedBytes, named: string | undefined): void {
  if (named === undefined || named === keyMaterialId(key.row.id, bytes)) return
  throw new KmsError(
    'IncorrectKeyMaterialException',
    'The key material is not the one that KeyMaterialId names.',
  )
}

async function sealed(call: Call, key: AllowedKey, imported: ImportedBytes, named: string | undefined) {
  try {
    checkIsNamed(key, imported, named)
    const { publicKey } = imported
    return { ...(await sealMaterial(call.services.domainKeys, key.row, imported.bytes)), publicKey }
  } finally {
    imported.bytes.fill(0)
  }
}

/** AWS names materials of symmetric encryption keys only. */
const answer = (key: AllowedKey, KeyMaterialId: string | null) => ({
  KeyId: key.arn,
  ...(key.row.spec === 'SYMMETRIC_DEFAULT' && KeyMaterialId !== null && { KeyMaterialId }),
})

async function importMaterial(call: Call, key: AllowedKey, input: ImportRequest) {
  const expiry = expiryOf(input, call.now)
  const asNew = isNew(key, input)
  const session = await sessionOf(call, key, input.ImportToken)
  const imported = await judged(key, await unwrapped(call, session, input.EncryptedKeyMaterial))
  const material = await sealed(call, key, imported, input.KeyMaterialId)
  const bring = asNew ? bringNew : bringKnown
  const others = await call.members(key)
  const { keys, rows } = bring({
    key,
    others,
    material,
    expiry,
    description: input.KeyMaterialDescription,
    at: call.now,
  })
  return call.change({
    makes: material.id,
    keys,
    async rows(transaction, eventId) {
      if (!(await spendImportSession(transaction, session.id, call.now))) throw new StaleDecision()
      await rows(transaction, eventId)
    },
    internal: keys
      .filter((moved) => moved.key !== key)
      .map((moved) => ({ name: 'SynchronizeMultiRegionKey', key: moved.key })),
    output: answer(key, material.id),
  })
}

const plainMembers = members<ImportRequest>(
  'KeyId',
  'ExpirationModel',
  'ImportType',
  'KeyMaterialDescription',
  'KeyMaterialId',
)

export const ImportKeyMaterial = operation({
  name: 'ImportKeyMaterial',
  service: 'KMS',
  action: 'kms:ImportKeyMaterial',
  class: 'admin',
  input: ImportKeyMaterialInput,
  async run(call, input) {
    const { ValidTo } = input
    const key = await call.key(input.KeyId, 'kms:ImportKeyMaterial', {
      deed: 'importMaterial',
      kind: takesMaterial,
      conditions: {
        'kms:ExpirationModel': expirationModelOf(input),
        // Compared as a number, in seconds (facts §8.6).
        'kms:ValidTo': ValidTo && String(Math.floor(ValidTo.getTime() / 1000)),
      },
    })
    // An SDK sent the same call again: its token is spent, and the material is there (R40).
    const earlier = await call.made()
    return earlier === undefined ? importMaterial(call, key, input) : answer(key, earlier)
  },
  logged: {
    request: (input) => ({
      ...plainMembers(input),
      ...(input.ValidTo && loggedAnswer({ ValidTo: input.ValidTo })),
    }),
    response: (output) => loggedAnswer(output),
  },
})

export const DeleteImportedKeyMaterial = operation({
  name: 'DeleteImportedKeyMaterial',
  service: 'KMS',
  action: 'kms:DeleteImportedKeyMaterial',
  class: 'admin',
  input: DeleteImportedKeyMaterialInput,
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:DeleteImportedKeyMaterial', {
      deed: 'deleteMaterial',
      kind: takesMaterial,
    })
    const id = input.KeyMaterialId ?? key.row.currentMaterialId
    const output = answer(key, id)
    const material = key.row.materials.find((known) => known.id === id)
    if (!material && input.KeyMaterialId !== undefined) {
      throw new KmsError(
        'NotFoundException',
        `Key material ${input.KeyMaterialId} is not associated with key '${key.arn}'`,
      )
    }
    // Nothing was ever imported, or it is gone already (facts §2.11).
    if (!material?.sealed) return output
    const { keys, rows } = withoutMaterial(key, await call.members(key), material)
    const internal = keys
      .filter((moved) => moved.key !== key)
      .map((moved) => ({ name: 'SynchronizeMultiRegionKey', key: moved.key }))
    return call.change({ keys, rows, internal, output })
  },
  logged: { request: members('KeyId', 'KeyMaterialId'), response: (output) => loggedAnswer(output) },
})

/**
 * What an import does to rows: a material that is new to the key, or the bytes of one that it knows.
 *
 * In a multi-Region family the primary goes first: the other members learn of its material and wait for its bytes.
 * One that would rotate the key is PENDING_ROTATION once every Region has it (facts §10).
 */
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Change } from '#lib/engine/call.ts'
import { isPending, isReplica } from '#lib/engine/material-deletion.ts'
import type { SealedMaterial } from '#lib/engine/new-material.ts'
import type { Transaction } from '#lib/store/database.ts'
import type { KeyColumns } from '#lib/store/keys.ts'
import { changeMaterial, insertMaterial, type MaterialState } from '#lib/store/materials.ts'
import type { Expiry } from './import-terms.ts'

export type Import = {
  readonly key: AllowedKey
  /** The other members of its family. */
  readonly others: readonly AllowedKey[]
  readonly material: SealedMaterial & { readonly publicKey: Uint8Array | null }
  readonly expiry: Expiry
  readonly description: string | undefined
  readonly at: Date
}

export type ImportChange = Required<Pick<Change<unknown>, 'keys' | 'rows'>>

/** A key works when none of the materials that belong to it for good is missing (facts §2.11). */
function stateWith({ row }: AllowedKey, id: string): KeyColumns['state'] {
  const missing = row.materials.some((known) => !isPending(known) && known.id !== id && !known.sealed)
  return row.state === 'PendingImport' && !missing ? 'Enabled' : row.state
}

/** @throws KMSInvalidStateException while another material waits for its rotation. */
function checkNonePending({ row }: AllowedKey, id: string): void {
  const pending = row.materials.find(isPending)
  if (!pending) return
  throw new KmsError(
    'KMSInvalidStateException',
    `New key material (id: ${id}) cannot be imported into KMS key ${row.id}, because another key material ` +
      `(id: ${pending.id}) is pending rotation.`,
  )
}

function checkMayBeNew(key: AllowedKey, id: string): void {
  if (isReplica(key)) {
    throw new KmsError(
      'UnsupportedOperationException',
      `${key.arn} is a multi-Region replica key. New key material is imported into its primary key first.`,
    )
  }
  if (key.row.materials.some((known) => known.id === id)) {
    throw new KmsError(
      'IncorrectKeyMaterialException',
      'The key material is already associated with the KMS key, so it is not new.',
    )
  }
  checkNonePending(key, id)
}

/**
 * A material that the key has not had: its first, or one that waits for a rotation.
 * @throws IncorrectKeyMaterialException, KMSInvalidStateException, UnsupportedOperationException
 */
export function bringNew({ key, others, material, expiry, description = '', at }: Import): ImportChange {
  checkMayBeNew(key, material.id)
  const { publicKey, ...sealed } = material
  const first = key.row.materials.length === 0
  const waits = others.length > 0 ? 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION' : 'PENDING_ROTATION'
  const state: MaterialState = first ? 'CURRENT' : waits
  const common = { id: material.id, at, state, description }
  const set = first ? { currentMaterialId: material.id, publicKey } : {}
  return {
    keys: [
      { key, set: { ...set, ...(first && { state: stateWith(key, material.id) }) } },
      ...others.map((other) => ({ key: other, set })),
    ],
    async rows(rows) {
      await insertMaterial(rows, key.row, { ...sealed, ...common, ...expiry, importState: 'IMPORTED' })
      const absent = { sealed: null, checkValue: null, importState: 'PENDING_IMPORT' as const }
      for (const other of others) await insertMaterial(rows, other.row, { ...common, ...absent })
    },
  }
}

const has = ({ row }: AllowedKey, id: string) =>
  row.materials.some((material) => material.id === id && material.sealed !== null)

/**
 * The bytes of a material that the key knows: missing ones come back, and any may get another date.
 * @throws IncorrectKeyMaterialException for other bytes than the key had before.
 */
export function bringKnown({ key, others, material, expiry, description }: Import): ImportChange {
  const { publicKey, id, ...sealed } = material
  const known = key.row.materials.find((candidate) => candidate.id === id)
  if (!known) {
    throw new KmsError(
      'IncorrectKeyMaterialException',
      'The key material is not one that was imported into the KMS key before.',
    )
  }
  // The last Region that lacked it has it now: the family may rotate.
  const settled =
    known.state === 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION' && others.every((other) => has(other, id))
  const brought = {
    ...sealed,
    ...expiry,
    importState: 'IMPORTED',
    ...(description !== undefined && { description }),
  } as const
  return {
    keys: [
      { key, set: { state: stateWith(key, id), publicKey: publicKey ?? key.row.publicKey } },
      ...(settled ? others.map((other) => ({ key: other })) : []),
    ],
    async rows(rows: Transaction) {
      await changeMaterial(rows, key.row, id, brought)
      if (!settled) return
      for (const member of [key, ...others])
        await changeMaterial(rows, member.row, id, { state: 'PENDING_ROTATION' })
    },
  }
}

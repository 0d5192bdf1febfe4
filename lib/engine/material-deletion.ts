/**
 * What becomes of a key when the bytes of an imported material go, by a caller's wish or by their date (facts §2.11).
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html
 */
import type { KeyState } from '#lib/domain/key-state.ts'
import type { Transaction } from '#lib/store/database.ts'
import type { KeyColumns, KeySnapshot } from '#lib/store/keys.ts'
import { changeMaterial, GONE, type MaterialRow, removeMaterial } from '#lib/store/materials.ts'

type Held = { readonly row: KeySnapshot }

/** Whether a material waits for its rotation: until then it does not belong to the key for good. */
export const isPending = ({ state }: Pick<MaterialRow, 'state'>): boolean =>
  state === 'PENDING_ROTATION' || state === 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION'

export const isReplica = ({ row }: Held): boolean => row.multiRegion && row.primaryRegion !== row.region

/** A replica that is still to get its material gets every one at once, and none before (lib/jobs/settling.ts). */
export const hasMaterial = ({ row }: Held): boolean => row.currentMaterialId !== null

/** A key that waits for its own deletion goes on waiting. */
const STAYS: ReadonlySet<KeyState> = new Set(['PendingDeletion', 'PendingReplicaDeletion', 'PendingImport'])

export type MaterialDeletion<K> = {
  readonly keys: readonly { readonly key: K; readonly set: Partial<KeyColumns> }[]
  readonly rows: (transaction: Transaction) => Promise<void>
}

/**
 * One that belongs to the key stays known, so that the same bytes may come back; without it the key is PendingImport.
 * One that waits for its rotation is forgotten, and with the primary's go those of its replicas.
 */
export function withoutMaterial<K extends Held>(
  key: K,
  others: readonly K[],
  material: MaterialRow,
): MaterialDeletion<K> {
  const { row } = key
  if (isPending(material)) return withoutPending(key, isReplica(key) ? [] : others, material)
  return {
    keys: [{ key, set: { state: STAYS.has(row.state) ? row.state : 'PendingImport' } }],
    rows: (rows) => changeMaterial(rows, row, material.id, GONE),
  }
}

function withoutPending<K extends Held>(
  key: K,
  others: readonly K[],
  { id }: MaterialRow,
): MaterialDeletion<K> {
  const family = [key, ...others]
  return {
    keys: family.map((member) => ({ key: member, set: {} })),
    async rows(rows) {
      // A replica's goes alone, and the replica still knows which bytes it waits for.
      if (isReplica(key)) return changeMaterial(rows, key.row, id, GONE)
      for (const member of family) await removeMaterial(rows, member.row, id)
    },
  }
}

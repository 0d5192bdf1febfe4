/** ListKeyRotations: the materials of a key, and how each came to be its current one (facts §2.36, §10). */
import { ListKeyRotationsInput } from '#lib/domain/operations/rotation.ts'
import type { AllowedKey } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import type { MaterialRow } from '#lib/store/materials.ts'
import { pageOfList } from './paging.ts'
import { hasRotations } from './rotation-kinds.ts'

const DEFAULT_LIMIT = 100

/** What AWS tells only of material that somebody else made. */
const importOf = ({ importState, description, expirationModel, validTo }: MaterialRow) => ({
  ...(description && { KeyMaterialDescription: description }),
  ...(importState && { ImportState: importState }),
  ...(expirationModel && { ExpirationModel: expirationModel }),
  ...(validTo && { ValidTo: validTo }),
})

const entryOf = ({ row }: AllowedKey, material: MaterialRow) => ({
  KeyId: row.id,
  KeyMaterialId: material.id,
  ...(row.origin === 'EXTERNAL' && importOf(material)),
  KeyMaterialState: material.state,
  ...(material.rotatedAt && { RotationDate: material.rotatedAt }),
  ...(material.rotationType && { RotationType: material.rotationType }),
})

export const ListKeyRotations = operation({
  name: 'ListKeyRotations',
  service: 'KMS',
  action: 'kms:ListKeyRotations',
  class: 'read',
  input: ListKeyRotationsInput,
  logged: { request: members('KeyId', 'IncludeKeyMaterial', 'Limit', 'Marker') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:ListKeyRotations', { deed: 'read', kind: hasRotations })
    // The first material was never rotated to, and one that waits not yet: they show only when asked for.
    const every = input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL'
    const all = key.row.materials.filter((material) => every || material.rotatedAt !== null)
    const { rows, more } = pageOfList(call, {
      all,
      limit: input.Limit ?? DEFAULT_LIMIT,
      marker: input.Marker,
      scope: `${key.row.id}/${every}`,
    })
    return { Rotations: rows.map((material) => entryOf(key, material)), ...more }
  },
})

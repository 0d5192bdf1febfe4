/** A key's materials as its page shows them, out of what ListKeyRotations says. */
import type { RotationEntry } from '#lib/console/outputs.ts'

/** "You can rotate a KMS key on demand at most 25 times" (facts §10). */
export const MOST_ON_DEMAND = 25

export type Material = {
  readonly id: string
  readonly state: RotationEntry['KeyMaterialState']
  readonly type: 'INITIAL' | 'AUTOMATIC' | 'ON_DEMAND'
  /** Epoch seconds when it became current; none while it waits for its rotation. */
  readonly from?: number
  readonly description?: string
  /** Of imported material: whether its bytes are here, and until when. */
  readonly importState?: 'IMPORTED' | 'PENDING_IMPORT'
  readonly expires?: number
}

export const isPending = ({ state }: Pick<Material, 'state'>): boolean =>
  state === 'PENDING_ROTATION' || state === 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION'

/** Oldest first; what waits comes last. The first material was never rotated to: it is as old as the key. */
export function materialsOf(entries: readonly RotationEntry[], created: number): Material[] {
  const at = ({ from }: Material) => from ?? Number.POSITIVE_INFINITY
  return entries
    .map((entry): Material => {
      const pending = isPending({ state: entry.KeyMaterialState })
      return {
        id: entry.KeyMaterialId,
        state: entry.KeyMaterialState,
        type: entry.RotationType ?? 'INITIAL',
        ...(!pending && { from: entry.RotationDate ?? created }),
        ...(entry.KeyMaterialDescription && { description: entry.KeyMaterialDescription }),
        ...(entry.ImportState && { importState: entry.ImportState }),
        ...(entry.ValidTo !== undefined && { expires: entry.ValidTo }),
      }
    })
    .toSorted((a, b) => at(a) - at(b))
}

export const onDemandLeft = (materials: readonly Pick<Material, 'type'>[]): number =>
  MOST_ON_DEMAND - materials.filter(({ type }) => type === 'ON_DEMAND').length

export const shortMaterial = (id: string): string => `${id.slice(0, 16)}…${id.slice(-4)}`

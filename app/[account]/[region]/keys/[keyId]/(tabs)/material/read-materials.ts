import { type Material, materialsOf } from '#components/keys/materials.ts'
import { tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { RotationEntry } from '#lib/console/outputs.ts'
import type { LoadedKey } from '../../key.ts'

export type KnownKey = Extract<LoadedKey, { key: object }>

type Read =
  | { readonly materials: readonly Material[]; readonly refusal?: never }
  | { readonly materials?: never; readonly refusal: RefusalView }

/** Every material of a symmetric key, oldest first. */
export async function readMaterials({ scope, reference, key }: KnownKey): Promise<Read> {
  const entries: RotationEntry[] = []
  let marker: string | undefined
  do {
    const { output, refusal } = await tryAsk(
      'ListKeyRotations',
      {
        KeyId: reference,
        IncludeKeyMaterial: 'ALL_KEY_MATERIAL',
        Limit: 1000,
        ...(marker && { Marker: marker }),
      },
      { region: scope.region },
    )
    if (refusal) return { refusal }
    entries.push(...output.Rotations)
    marker = output.NextMarker
  } while (marker)
  return { materials: materialsOf(entries, key.CreationDate) }
}

/** Decrypts of the last 30 days by material; undefined where the log may not be read, or is another account's. */
export async function readDecrypts({ scope, key, foreign }: KnownKey) {
  if (foreign) return undefined
  const { output } = await tryAsk('CountUseOfMaterials', { KeyId: key.KeyId }, { region: scope.region })
  if (!output) return undefined
  return {
    counts: new Map(output.Materials.map(({ KeyMaterialId, Decrypts }) => [KeyMaterialId, Decrypts])),
    days: new Map(output.Materials.map(({ KeyMaterialId, Days }) => [KeyMaterialId, Days])),
    exact: output.CountIsExact,
  }
}

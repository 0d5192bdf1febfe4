/** The material of a seeded key: what the file gives, what its past rotations would have left, or fresh bytes. */
import { openPrivateKey, publicKeyBytes } from '#lib/crypto/asymmetric-key.ts'
import { isAsymmetric } from '#lib/domain/key-spec.ts'
import type { SeedKey } from '#lib/domain/seed-key.ts'
import type { DomainKeys } from '#lib/engine/domain-keys.ts'
import {
  type MaterialOwner,
  newMaterialFor,
  type SealedMaterial,
  sealMaterial,
} from '#lib/engine/new-material.ts'
import type { NewMaterial } from '#lib/store/materials.ts'

export type SeededMaterial = {
  /** For each owner, oldest first; the last is the current one. */
  readonly materials: readonly (readonly NewMaterial[])[]
  readonly publicKey: Uint8Array | null
}

type Owners = readonly [MaterialOwner, ...MaterialOwner[]]

/** The bytes of the file, sealed for each owner, and wiped. */
async function given(domainKeys: DomainKeys, owners: Owners, bytes: Uint8Array) {
  const { spec } = owners[0]
  try {
    const sealed: SealedMaterial[] = []
    for (const owner of owners) sealed.push(await sealMaterial(domainKeys, owner, bytes))
    const publicKey = isAsymmetric(spec) ? publicKeyBytes(openPrivateKey(spec, bytes)) : null
    return { sealed, publicKey }
  } finally {
    bytes.fill(0)
  }
}

const imported = ({ validTo }: SeedKey) =>
  ({
    importState: 'IMPORTED',
    expirationModel: validTo ? 'KEY_MATERIAL_EXPIRES' : 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    validTo: validTo ?? null,
  }) as const

/** None for a key of origin EXTERNAL whose material is still to come. Takes over the seed's bytes. */
export async function seededMaterial(
  domainKeys: DomainKeys,
  owners: Owners,
  seed: { readonly key: SeedKey; readonly createdAt: Date },
): Promise<SeededMaterial> {
  const { key, createdAt: at } = seed
  if (key.origin === 'EXTERNAL' && !key.material) return { materials: owners.map(() => []), publicKey: null }
  const first = key.material
    ? await given(domainKeys, owners, key.material)
    : await newMaterialFor(domainKeys, owners)
  const how = key.origin === 'EXTERNAL' ? imported(key) : {}
  const materials: NewMaterial[][] = first.sealed.map((sealed) => [{ ...sealed, ...how, at }])
  for (const date of key.rotation?.past ?? []) {
    const { sealed } = await newMaterialFor(domainKeys, owners)
    for (const [index, one] of sealed.entries())
      materials[index]?.push({ ...one, at: date, rotationType: 'AUTOMATIC', dueAt: date })
  }
  return { materials, publicKey: first.publicKey }
}

/** New key material for a key: fresh bytes, their id, and their sealed form. The bytes themselves are wiped. */
import { checkValue } from '#lib/crypto/check-value.ts'
import { generateKeyPair } from '#lib/crypto/key-pair.ts'
import { keyMaterialId } from '#lib/crypto/material-id.ts'
import { randomBytes } from '#lib/crypto/random.ts'
import { secretKey } from '#lib/crypto/secret-key.ts'
import { isAsymmetric, KEY_SPECS, type KeySpecName } from '#lib/domain/key-spec.ts'
import type { DomainKeys } from './domain-keys.ts'
import { keyMaterial } from './record-identity.ts'

export type MaterialOwner = {
  readonly account: string
  readonly region: string
  readonly id: string
  readonly spec: KeySpecName
  readonly usage: string
  readonly origin: string
}

export type SealedMaterial = {
  readonly id: string
  readonly sealed: Uint8Array
  readonly checkValue: Uint8Array
}

/** Seals material under the Region's domain key. The caller wipes the bytes. */
export async function sealMaterial(
  domainKeys: DomainKeys,
  owner: MaterialOwner,
  bytes: Uint8Array,
): Promise<SealedMaterial> {
  const id = keyMaterialId(owner.id, bytes)
  const scope = { kind: 'region', account: owner.account, region: owner.region } as const
  const sealed = await domainKeys.seal(scope, bytes, keyMaterial(owner, id))
  return { id, sealed, checkValue: checkValue(secretKey(bytes)) }
}

async function fresh(spec: KeySpecName): Promise<{ bytes: Uint8Array; publicKey: Uint8Array | null }> {
  if (isAsymmetric(spec)) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    return { bytes: privateKey, publicKey }
  }
  const { material } = KEY_SPECS[spec]
  return { bytes: randomBytes('bytes' in material ? material.bytes : 0), publicKey: null }
}

/** One new material, sealed for each owner: the members of a multi-Region key, or one key alone. */
export async function newMaterialFor(
  domainKeys: DomainKeys,
  owners: readonly [MaterialOwner, ...MaterialOwner[]],
): Promise<{ sealed: SealedMaterial[]; publicKey: Uint8Array | null }> {
  const { bytes, publicKey } = await fresh(owners[0].spec)
  try {
    const sealed: SealedMaterial[] = []
    for (const owner of owners) sealed.push(await sealMaterial(domainKeys, owner, bytes))
    return { sealed, publicKey }
  } finally {
    bytes.fill(0)
  }
}

export async function newMaterial(domainKeys: DomainKeys, owner: MaterialOwner) {
  const { bytes, publicKey } = await fresh(owner.spec)
  try {
    return { ...(await sealMaterial(domainKeys, owner, bytes)), publicKey }
  } finally {
    bytes.fill(0)
  }
}

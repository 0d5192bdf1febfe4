/** New key material for a key: random bytes, their id, and their sealed form. The bytes themselves are wiped. */
import { checkValue } from '#lib/crypto/check-value.ts'
import { keyMaterialId } from '#lib/crypto/material-id.ts'
import { randomBytes } from '#lib/crypto/random.ts'
import { secretKey } from '#lib/crypto/secret-key.ts'
import { KEY_SPECS, type OfferedKeySpec } from '#lib/domain/key-spec.ts'
import type { DomainKeys } from './domain-keys.ts'
import { keyMaterial } from './record-identity.ts'

export type MaterialOwner = {
  readonly account: string
  readonly region: string
  readonly id: string
  readonly spec: string
  readonly usage: string
  readonly origin: string
}

export type SealedMaterial = {
  readonly id: string
  readonly sealed: Uint8Array
  readonly checkValue: Uint8Array
}

/** Seals material under the Region's domain key. Takes the bytes over and wipes them. */
export async function sealMaterial(
  domainKeys: DomainKeys,
  owner: MaterialOwner,
  bytes: Uint8Array,
): Promise<SealedMaterial> {
  try {
    const id = keyMaterialId(owner.id, bytes)
    const scope = { kind: 'region', account: owner.account, region: owner.region } as const
    const sealed = await domainKeys.seal(scope, bytes, keyMaterial(owner, id))
    return { id, sealed, checkValue: checkValue(secretKey(bytes)) }
  } finally {
    bytes.fill(0)
  }
}

export const newMaterial = (domainKeys: DomainKeys, owner: MaterialOwner & { spec: OfferedKeySpec }) =>
  sealMaterial(domainKeys, owner, randomBytes(KEY_SPECS[owner.spec].material.bytes))

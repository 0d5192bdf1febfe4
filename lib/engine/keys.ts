/**
 * Keys as the engine holds them: rows checked against their MACs, policy compiled, material as KeyObjects.
 * A cached key may be old: its version is compared when an answer's event is committed (R52).
 */
import { openPrivateKey, openPublicKey, type PrivateKey, type PublicKey } from '#lib/crypto/asymmetric-key.ts'
import { checkValue } from '#lib/crypto/check-value.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import { keyMaterialId } from '#lib/crypto/material-id.ts'
import { type KeyObject, secretKey } from '#lib/crypto/secret-key.ts'
import { UnwrapError } from '#lib/crypto/wrap.ts'
import { keyArn, type Place, partitionOf } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import type { Grant } from '#lib/domain/grant.ts'
import { isAsymmetric } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { SecretBytes } from '#lib/domain/secret-bytes.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import { readAlias } from '#lib/store/aliases.ts'
import type { Sql } from '#lib/store/database.ts'
import type { GrantRow } from '#lib/store/grants.ts'
import { findKeyOfMaterial, type KeyPlace, type KeySnapshot, readKey } from '#lib/store/keys.ts'
import type { MaterialRow } from '#lib/store/materials.ts'
import { BoundedMap } from './bounded-map.ts'
import type { DomainKeys } from './domain-keys.ts'
import { openGrants } from './grants.ts'
import { policyOf } from './identities.ts'
import { keyMaterial } from './record-identity.ts'
import { aliasRowMac, keyRowMac, sameMac } from './row-macs.ts'

export type LoadedKey = {
  readonly row: KeySnapshot
  readonly place: Place
  readonly arn: string
  readonly policy: NamedPolicy
  /** What was opened so far: secret keys of symmetric and HMAC keys, private keys of the others. */
  readonly materials: Map<string, KeyObject>
  readonly privateKeys: Map<string, PrivateKey>
  readonly opened: { publicKey?: PublicKey }
  /** Grants read so far, by the ARN of the caller they may concern. */
  readonly grants: BoundedMap<string, readonly Grant[]>
}

export type Keys = {
  readonly byId: (place: KeyPlace) => Promise<LoadedKey | undefined>
  /** The key behind an alias name in an account and Region. */
  readonly byAlias: (place: Place, name: string) => Promise<LoadedKey | undefined>
  /** The key that a ciphertext's material belongs to. */
  readonly byMaterial: (region: string, materialId: string) => Promise<LoadedKey | undefined>
  /** Opened material of a symmetric or HMAC key; undefined when the key has none by that id, or its bytes are gone. */
  readonly material: (key: LoadedKey, materialId: string) => Promise<KeyObject | undefined>
  /** The same for an asymmetric key, which has one material only. */
  readonly privateKey: (key: LoadedKey) => Promise<PrivateKey | undefined>
  readonly publicKey: (key: LoadedKey) => PublicKey | undefined
  /** The bytes of a material, to be sealed for another Region. */
  readonly bytesOf: (key: LoadedKey, materialId: string) => Promise<SecretBytes | undefined>
  /** The grants of a key that name a principal, or its account. Reads the database only for a key that has grants. */
  readonly grants: (key: LoadedKey, principal: Principal) => Promise<readonly Grant[]>
  /** The rows whose MAC holds; the others are reported as edited behind our back. */
  readonly genuineGrants: <R extends GrantRow>(rows: readonly R[]) => Promise<R[]>
  readonly drop: (place: KeyPlace) => void
}

export type IntegrityReport = (violation: { place: KeyPlace; what: string }) => void

const nameOf = (place: KeyPlace) => `${place.account}/${place.region}/${place.id}`

export function openKeys(options: {
  sql: Sql
  domainKeys: DomainKeys
  rowMacKey: KeyObject
  violated: IntegrityReport
}): Keys {
  const { sql, domainKeys, rowMacKey, violated } = options
  const loaded = new BoundedMap<string, LoadedKey>(20_000)
  const aliases = new BoundedMap<string, KeyPlace>(20_000)
  const materials = new BoundedMap<string, KeyPlace>(50_000)
  const grants = openGrants({ sql, rowMacKey, violated })

  /** Refuses what was edited behind our back; other keys are unaffected (R15). */
  function refuse(place: KeyPlace, what: string): never {
    violated({ place, what })
    throw new KmsError('KMSInternalException', 'An internal error occurred. The request can be retried.', {
      detail: `integrity violation: ${what} of key ${nameOf(place)}`,
    })
  }

  function admit(row: KeySnapshot): LoadedKey {
    if (!sameMac(keyRowMac(rowMacKey, row), row.rowMac)) refuse(row, 'row')
    for (const alias of row.aliases) {
      const expected = aliasRowMac(rowMacKey, {
        account: row.account,
        region: row.region,
        name: alias.name,
        keyId: row.id,
      })
      if (!sameMac(expected, alias.rowMac)) refuse(row, `alias ${alias.name}`)
    }
    const place = { partition: partitionOf(row.region), region: row.region, account: row.account }
    const policy = policyIn(row)
    return {
      row,
      place,
      arn: keyArn(place, row.id),
      policy,
      materials: new Map(),
      privateKeys: new Map(),
      opened: {},
      grants: new BoundedMap(200),
    }
  }

  function policyIn(row: KeySnapshot): NamedPolicy {
    const hash = Buffer.from(row.policyHash).toString('hex')
    try {
      return policyOf('key', { name: 'default', hash, body: row.policy })
    } catch {
      return refuse(row, 'policy document')
    }
  }

  async function byId(place: KeyPlace): Promise<LoadedKey | undefined> {
    const cached = loaded.get(nameOf(place))
    if (cached) return cached
    const row = await readKey(sql, place)
    if (!row) return undefined
    const key = admit(row)
    loaded.set(nameOf(place), key)
    return key
  }

  /** Opens a material's bytes and checks that they are what the row says, then hands them to `use`. */
  async function openMaterial<T>(
    key: LoadedKey,
    materialId: string,
    use: (raw: Uint8Array) => T,
  ): Promise<T | undefined> {
    const row = key.row.materials.find((candidate) => candidate.id === materialId)
    if (!row?.sealed) return undefined
    const bytes = await unseal(key, row, row.sealed)
    return bytes.lend((raw) => {
      if (!row.checkValue || !equalBytes(checkValue(secretKey(raw)), row.checkValue))
        refuse(key.row, `check value of material ${row.id}`)
      if (keyMaterialId(key.row.id, raw) !== row.id) refuse(key.row, `id of material ${row.id}`)
      return use(raw)
    })
  }

  const unseal = (key: LoadedKey, row: MaterialRow, sealed: Uint8Array) =>
    domainKeys.open(sealed, keyMaterial(key.row, row.id)).catch((thrown: unknown) => {
      if (thrown instanceof UnwrapError) refuse(key.row, `material ${row.id}`)
      throw thrown
    })

  return {
    byId,
    async byAlias(place, name) {
      const key = `${place.account}/${place.region}/${name}`
      const cached = aliases.get(key)
      if (cached) {
        // The alias may have moved since: only the key itself knows its aliases, at its version.
        const held = await byId(cached)
        if (held?.row.aliases.some((alias) => alias.name === name)) return held
      }
      // Alias and key are read one after the other; an alias that moves in between is looked up again.
      for (let attempt = 0; attempt < 3; attempt++) {
        const row = await readAlias(sql, { account: place.account, region: place.region, name })
        if (!row) return undefined
        const target = { account: row.account, region: row.region, id: row.keyId }
        loaded.delete(nameOf(target))
        const found = await byId(target)
        if (!found?.row.aliases.some((alias) => alias.name === name)) continue
        aliases.set(key, target)
        return found
      }
      return undefined
    },
    async byMaterial(region, materialId) {
      const name = `${region}/${materialId}`
      const place = materials.get(name) ?? (await findKeyOfMaterial(sql, region, materialId))
      if (!place) return undefined
      materials.set(name, place)
      return byId(place)
    },
    async material(key, materialId) {
      const held = key.materials.get(materialId)
      if (held) return held
      const opened = await openMaterial(key, materialId, secretKey)
      if (opened) key.materials.set(materialId, opened)
      return opened
    },
    async privateKey(key) {
      const { spec, currentMaterialId: id } = key.row
      if (id === null || !isAsymmetric(spec)) return undefined
      const held = key.privateKeys.get(id)
      if (held) return held
      const opened = await openMaterial(key, id, (raw) => openPrivateKey(spec, raw))
      if (opened) key.privateKeys.set(id, opened)
      return opened
    },
    publicKey(key) {
      const { spec, publicKey } = key.row
      if (!publicKey || !isAsymmetric(spec)) return undefined
      key.opened.publicKey ??= openPublicKey(spec, publicKey)
      return key.opened.publicKey
    },
    bytesOf: (key, materialId) =>
      openMaterial(key, materialId, (raw) => new SecretBytes(Uint8Array.from(raw))),
    async grants(key, principal) {
      if (!key.row.hasGrants) return []
      const held = key.grants.get(principal.arn)
      if (held) return held
      const found = await grants.of(key.row, principal)
      key.grants.set(principal.arn, found)
      return found
    },
    genuineGrants: grants.genuine,
    drop: (place) => loaded.delete(nameOf(place)),
  }
}

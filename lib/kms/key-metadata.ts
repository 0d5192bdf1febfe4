/** KeyMetadata: what AWS tells of a key (facts §3). Members that do not apply are left out. */
import { keyArn, partitionOf } from '#lib/domain/arn.ts'
import { algorithmsOf } from '#lib/domain/key-spec.ts'
import type { KeyRow } from '#lib/store/keys.ts'
import type { ExpirationModel, MaterialRow } from '#lib/store/materials.ts'

export type KeyMetadata = {
  AWSAccountId: string
  KeyId: string
  Arn: string
  CreationDate: Date
  Enabled: boolean
  Description: string
  KeyUsage: string
  KeyState: string
  Origin: string
  KeyManager: string
  KeySpec: string
  CustomerMasterKeySpec: string
  MultiRegion: boolean
  DeletionDate?: Date
  PendingDeletionWindowInDays?: number
  ExpirationModel?: ExpirationModel
  ValidTo?: Date
  EncryptionAlgorithms?: string[]
  SigningAlgorithms?: string[]
  MacAlgorithms?: string[]
  KeyAgreementAlgorithms?: string[]
  EncapsulationAlgorithms?: string[]
  CurrentKeyMaterialId?: string
  MultiRegionConfiguration?: {
    MultiRegionKeyType: string
    PrimaryKey: { Arn: string; Region: string }
    ReplicaKeys: { Arn: string; Region: string }[]
  }
}

/** The columns that KeyMetadata tells of, and the materials where the key has any. */
export type DescribedKey = Omit<KeyRow, 'rowMac' | 'rowVersion'> & {
  readonly materials?: readonly Pick<MaterialRow, 'state' | 'expirationModel' | 'validTo'>[]
}

const arnIn = (row: DescribedKey, region: string) =>
  keyArn({ partition: partitionOf(region), region, account: row.account }, row.id)

/** The same in every Region but for the type (facts §13). */
function multiRegionOf(row: DescribedKey): Pick<KeyMetadata, 'MultiRegionConfiguration'> {
  const { primaryRegion } = row
  if (primaryRegion === null) return {}
  const member = (region: string) => ({ Arn: arnIn(row, region), Region: region })
  return {
    MultiRegionConfiguration: {
      MultiRegionKeyType: row.region === primaryRegion ? 'PRIMARY' : 'REPLICA',
      PrimaryKey: member(primaryRegion),
      ReplicaKeys: row.memberRegions.filter((region) => region !== primaryRegion).map(member),
    },
  }
}

/** Imported material that has a date goes by the earliest of those the key cannot do without (facts §3). */
function expiryOf(row: DescribedKey): Pick<KeyMetadata, 'ExpirationModel' | 'ValidTo'> {
  if (row.origin !== 'EXTERNAL' || row.state === 'PendingImport') return {}
  const bound = (row.materials ?? []).filter(({ state }) => state === 'CURRENT' || state === 'NON_CURRENT')
  if (!bound.some(({ expirationModel }) => expirationModel !== null)) return {}
  const dates = bound.flatMap(({ validTo }) => validTo ?? []).sort((a, b) => a.getTime() - b.getTime())
  if (!dates[0]) return { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
  return { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: dates[0] }
}

export function keyMetadata(row: DescribedKey): KeyMetadata {
  return {
    AWSAccountId: row.account,
    KeyId: row.id,
    Arn: arnIn(row, row.region),
    CreationDate: row.createdAt,
    Enabled: row.state === 'Enabled',
    Description: row.description,
    KeyUsage: row.usage,
    KeyState: row.state,
    Origin: row.origin,
    KeyManager: row.manager,
    KeySpec: row.spec,
    CustomerMasterKeySpec: row.spec,
    MultiRegion: row.multiRegion,
    ...algorithmsOf(row.spec, row.usage),
    ...(row.deletionAt && { DeletionDate: row.deletionAt }),
    ...(row.pendingWindowDays !== null && { PendingDeletionWindowInDays: row.pendingWindowDays }),
    ...(row.spec === 'SYMMETRIC_DEFAULT' &&
      row.currentMaterialId && { CurrentKeyMaterialId: row.currentMaterialId }),
    ...expiryOf(row),
    ...multiRegionOf(row),
  }
}

/** KeyMetadata: what AWS tells of a key (facts §3). Members that do not apply are left out. */
import { keyArn, partitionOf } from '#lib/domain/arn.ts'
import { isOffered, KEY_SPECS, type KeySpecName } from '#lib/domain/key-spec.ts'
import type { KeyRow } from '#lib/store/keys.ts'

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
  EncryptionAlgorithms?: string[]
  CurrentKeyMaterialId?: string
  MultiRegionConfiguration?: {
    MultiRegionKeyType: string
    PrimaryKey: { Arn: string; Region: string }
    ReplicaKeys: { Arn: string; Region: string }[]
  }
}

const algorithmsOf = (spec: KeySpecName): string[] => (isOffered(spec) ? [...KEY_SPECS[spec].algorithms] : [])

export function keyMetadata(row: Omit<KeyRow, 'rowMac' | 'rowVersion'>): KeyMetadata {
  const arn = keyArn({ partition: partitionOf(row.region), region: row.region, account: row.account }, row.id)
  return {
    AWSAccountId: row.account,
    KeyId: row.id,
    Arn: arn,
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
    EncryptionAlgorithms: algorithmsOf(row.spec),
    ...(row.deletionAt && { DeletionDate: row.deletionAt }),
    ...(row.currentMaterialId && { CurrentKeyMaterialId: row.currentMaterialId }),
    ...(row.multiRegion && {
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'PRIMARY',
        PrimaryKey: { Arn: arn, Region: row.region },
        ReplicaKeys: [],
      },
    }),
  }
}

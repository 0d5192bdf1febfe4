/** What kind of key one looks at: everything about it that never changes, and decides which acts there are at all. */
import type { KeyMetadata } from '#lib/console/outputs.ts'
import type { KeySpecName, KeyUsageName, Origin } from '#lib/domain/key-spec.ts'

export type KeyKind = {
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly origin: Origin
  /** Made and kept by an AWS service: it can be looked at, not changed. */
  readonly managed: boolean
  /** Of a multi-Region key, where its primary is. */
  readonly primaryRegion: string | undefined
  readonly primary: boolean
}

export const kindOf = (key: KeyMetadata): KeyKind => ({
  spec: key.KeySpec,
  usage: key.KeyUsage,
  origin: key.Origin,
  managed: key.KeyManager === 'AWS',
  primaryRegion: key.MultiRegionConfiguration?.PrimaryKey.Region,
  primary: key.MultiRegionConfiguration?.MultiRegionKeyType === 'PRIMARY',
})

/** Every Region of a multi-Region key, its primary's first. */
export function membersOf({ MultiRegionConfiguration: family }: KeyMetadata): readonly string[] {
  return family ? [family.PrimaryKey, ...family.ReplicaKeys].map(({ Region }) => Region) : []
}

export const isReplica = ({ primaryRegion, primary }: KeyKind): boolean =>
  primaryRegion !== undefined && !primary

/** Only symmetric keys have material that can be followed by other material. */
export const canRotate = ({ spec, managed }: KeyKind): boolean => spec === 'SYMMETRIC_DEFAULT' && !managed

/** Why a family's business is done elsewhere, if it is. */
export const primaryOnly = (kind: KeyKind): string | undefined =>
  isReplica(kind) ? `Only the primary key, in ${kind.primaryRegion}, can do this.` : undefined

export const MANAGED_REASON =
  'An AWS managed key belongs to its service: nobody in the account can change it, its policy, its aliases or its rotation.'

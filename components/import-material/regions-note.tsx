'use client'

import Link from 'next/link'
import { isReplica } from '#components/keys/material-kind.ts'
import { Note } from '#components/ui/hint.tsx'
import { paths } from '#lib/console/paths.ts'
import { useFlow } from './flow-context.tsx'

/** The Regions of a family beside this one, the primary first. */
export function useOtherRegions(): readonly string[] {
  const { described, scope } = useFlow().setting
  const family = described.MultiRegionConfiguration
  if (!family) return []
  return [family.PrimaryKey, ...family.ReplicaKeys]
    .map(({ Region }) => Region)
    .filter((region) => region !== scope.region)
}

/** A multi-Region key has the same material in each Region, and each Region imports it by itself. */
export function RegionsNote() {
  const { described, scope } = useFlow().setting
  const others = useOtherRegions()
  if (!described.MultiRegion) return null
  const primary = described.MultiRegionConfiguration?.PrimaryKey.Region ?? scope.region
  if (others.length === 0)
    return (
      <Note>
        This is a multi-Region key. Each replica that you make later imports the same bytes again: keep them.
      </Note>
    )
  return (
    <Note>
      This is a multi-Region key: every Region imports the same bytes by itself, the primary first
      {isReplica(described) ? (
        <>
          {' '}
          (
          <Link
            className="link"
            href={paths.importMaterial({ account: scope.account, region: primary }, described.KeyId)}
          >
            {primary}
          </Link>
          ), then each replica.
        </>
      ) : (
        `. Keep the bytes until ${others.join(', ')} ${others.length === 1 ? 'has' : 'have'} them too.`
      )}{' '}
      Each import needs a wrapping key and a token of its own Region.
    </Note>
  )
}

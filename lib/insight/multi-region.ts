/** The multi-Region keys of an account, a family a row, across the Regions where the caller may list keys. */
import type { z } from 'zod'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import { ListMultiRegionKeysInput } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { type Family, listFamilies } from '#lib/store/families.ts'

type Input = z.infer<typeof ListMultiRegionKeysInput>

const DEFAULT_LIMIT = 100

const purposeOf = (call: Call, regions: readonly string[]) =>
  `list-multi-region-keys/${call.account}/${regions.join()}`

/** Each Region is judged by itself: an identity policy may name some and not others. */
async function isOpen(call: Call, region: string): Promise<boolean> {
  try {
    await call.permit({ region })
    return true
  } catch (thrown) {
    if (thrown instanceof KmsError && thrown.code === 'AccessDeniedException') return false
    throw thrown
  }
}

async function openRegions(call: Call): Promise<string[]> {
  const open: string[] = []
  for (const region of call.identity.regions) if (await isOpen(call, region)) open.push(region)
  // Nowhere: the refusal is that of the Region one stands in.
  if (open.length === 0) await call.permit()
  return open
}

function startOf(call: Call, purpose: string, cursor: string | undefined): string {
  if (cursor === undefined) return ''
  const after = openMarker(call.services.markerKey, purpose, cursor)
  if (typeof after === 'string') return after
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

const listed = (family: Family) => ({
  KeyId: family.id,
  KeySpec: family.spec,
  KeyUsage: family.usage,
  Origin: family.origin,
  PrimaryRegion: family.primaryRegion,
  MemberRegions: family.memberRegions,
  Members: family.members.map(({ region, state, aliases }) => ({
    Region: region,
    KeyState: state,
    Aliases: aliases,
  })),
})

export const ListMultiRegionKeys = operation({
  name: 'ListMultiRegionKeys',
  service: 'Keyhouse',
  action: 'kms:ListKeys',
  class: 'read',
  input: ListMultiRegionKeysInput,
  logged: { request: ({ Limit }: Input) => ({ limit: Limit }) },

  async run(call, { Limit: limit = DEFAULT_LIMIT, Cursor: cursor }: Input) {
    const open = await openRegions(call)
    const purpose = purposeOf(call, open)
    const after = startOf(call, purpose, cursor)
    const found = await listFamilies(call.services.reader, {
      account: call.account,
      regions: open,
      after,
      limit,
    })
    const families = found.slice(0, limit)
    const last = families.at(-1)
    return {
      /** Members in the others are told by MemberRegions alone. */
      ListedRegions: open,
      Keys: families.map(listed),
      ...(found.length > limit &&
        last && { NextCursor: sealMarker(call.services.markerKey, purpose, last.id) }),
    }
  },
})

/** The other members of a key's multi-Region family, read anew: due work plans on what is so now. */
import type { LoadedKey } from '#lib/engine/keys.ts'
import type { Services } from '#lib/engine/services.ts'
import type { KeySnapshot } from '#lib/store/keys.ts'

/** Every member but the key itself; none for a key of one Region. */
export async function otherMembers({ keys }: Services, row: KeySnapshot): Promise<LoadedKey[]> {
  const others: LoadedKey[] = []
  for (const region of row.memberRegions.filter((other) => other !== row.region)) {
    const place = { account: row.account, region, id: row.id }
    keys.drop(place)
    const member = await keys.byId(place)
    if (member) others.push(member)
  }
  return others
}

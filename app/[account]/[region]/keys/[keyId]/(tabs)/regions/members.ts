import { membersOf } from '#components/keys/key-kind.ts'
import { tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { KeyMetadata } from '#lib/console/outputs.ts'

/** What one member keeps for itself. A part that this person may not read is undefined. */
export type Member = {
  readonly region: string
  readonly primary: boolean
  readonly metadata: KeyMetadata | undefined
  readonly refusal: RefusalView | undefined
  readonly policy: string | undefined
  readonly aliases: readonly string[] | undefined
  readonly tags: readonly string[] | undefined
}

async function readMember(region: string, keyId: string, primaryRegion: string): Promise<Member> {
  const [described, policy, aliases, tags] = await Promise.all([
    tryAsk('DescribeKey', { KeyId: keyId }, { region }),
    tryAsk('GetKeyPolicy', { KeyId: keyId }, { region }),
    tryAsk('ListAliases', { KeyId: keyId, Limit: 100 }, { region }),
    tryAsk('ListResourceTags', { KeyId: keyId, Limit: 50 }, { region }),
  ])
  return {
    region,
    primary: region === primaryRegion,
    metadata: described.output?.KeyMetadata,
    refusal: described.refusal,
    policy: policy.output?.Policy,
    aliases: aliases.output?.Aliases.map(({ AliasName }) => AliasName),
    tags: tags.output?.Tags.map(({ TagKey, TagValue }) => `${TagKey}=${TagValue}`),
  }
}

/** Every member of a key's family, its primary first, each read in its own Region. */
export const readMembers = (key: KeyMetadata): Promise<Member[]> => {
  const regions = membersOf(key)
  return Promise.all(regions.map((region) => readMember(region, key.KeyId, regions[0] ?? '')))
}

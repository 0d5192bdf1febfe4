/** What is asked for when a multi-Region key is replicated: one ReplicateKey a Region, and an alias where one is named. */
import { type Snippet, snippetsFor } from '#lib/console/snippets.ts'

export type ReplicationDraft = {
  /** Chosen Regions, each with the alias its replica gets; empty for none. */
  readonly regions: Readonly<Record<string, string>>
  readonly description: string
  /** AWS gives a replica the default policy; a copy is one made here, once. */
  readonly policy: 'default' | 'copy'
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

export const EMPTY_REPLICATION: ReplicationDraft = {
  regions: {},
  description: '',
  policy: 'default',
  tags: [],
}

export type ReplicaRequest = {
  readonly to: string
  readonly description: string | undefined
  readonly policy: string | undefined
  readonly tags: { TagKey: string; TagValue: string }[]
  /** Whole, or undefined. */
  readonly alias: string | undefined
}

/** In the order in which the Regions were chosen. `primaryPolicy` is what a copy is made of. */
export function replicaRequests(
  draft: ReplicationDraft,
  primaryPolicy: string | undefined,
): ReplicaRequest[] {
  const tags = draft.tags.filter(({ key }) => key !== '')
  return Object.entries(draft.regions).map(([to, alias]) => ({
    to,
    description: draft.description || undefined,
    policy: draft.policy === 'copy' ? primaryPolicy : undefined,
    tags: tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })),
    alias: alias.trim() === '' ? undefined : `alias/${alias.trim().replace(/^alias\//, '')}`,
  }))
}

type Place = { readonly endpoint: string; readonly region: string; readonly key: string }

/** As code: ReplicateKey is called at the primary, CreateAlias in the Region of the replica. */
export function replicationSnippets(requests: readonly ReplicaRequest[], place: Place): Snippet[] {
  const { endpoint, region, key } = place
  const made = requests.map(({ to, policy, description, tags }) => ({
    name: 'ReplicateKey' as const,
    input: {
      KeyId: key,
      ReplicaRegion: to,
      ...(policy !== undefined && { Policy: policy }),
      ...(description && { Description: description }),
      ...(tags.length > 0 && { Tags: tags }),
    },
  }))
  const named = requests.flatMap(({ to, alias }) =>
    alias
      ? [
          snippetsFor([{ name: 'CreateAlias', input: { AliasName: alias, TargetKeyId: key } }], {
            endpoint,
            region: to,
          }),
        ]
      : [],
  )
  return snippetsFor(made, { endpoint, region }).map((snippet) => ({
    ...snippet,
    code: [snippet.code, ...named.flatMap((one) => one.find(({ id }) => id === snippet.id)?.code ?? [])].join(
      '\n\n',
    ),
  }))
}

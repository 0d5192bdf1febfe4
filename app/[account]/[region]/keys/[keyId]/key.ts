import { redirect } from 'next/navigation'
import { cache } from 'react'
import { keyTitle } from '#components/keys/key-words.ts'
import { USAGE_DAYS } from '#components/keys/usage.ts'
import { type Watch, worthTelling } from '#components/keys/watches.ts'
import { ask, tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import type { AliasEntry, KeyMetadata } from '#lib/console/outputs.ts'
import { type KeyTab, paths, type Scope } from '#lib/console/paths.ts'
import { requireSession, type SessionView } from '#lib/console/session.ts'
import { KEY_ID, keyArn, partitionOf } from '#lib/domain/arn.ts'

export type KeyParams = { account: string; region: string; keyId: string }
export type KeyProps = { params: Promise<KeyParams> }

/** Which key an address names, and how operations are told of it. */
export type KeyPlace = {
  readonly scope: Scope
  readonly keyId: string
  /** Its id, or its ARN where it is another account's. */
  readonly reference: string
  readonly foreign: boolean
  readonly session: SessionView
}

export type LoadedKey = KeyPlace &
  (
    | {
        readonly key: KeyMetadata
        readonly aliases: readonly AliasEntry[]
        readonly name: string
        readonly refusal?: never
      }
    | { readonly key?: never; readonly refusal: RefusalView }
  )

const load = cache(async (account: string, region: string, segment: string): Promise<LoadedKey> => {
  const session = await requireSession()
  const named = decodeURIComponent(segment)
  const scope = { account, region }
  const foreign = account !== session.principal.account
  const place = { partition: partitionOf(region), region, account }
  const arn = named.startsWith('alias/')
    ? `${keyArn(place, '').replace(/key\/$/, '')}${named}`
    : keyArn(place, named)
  const at = { scope, keyId: named, reference: foreign ? arn : named, foreign, session }
  const [described, listed] = await Promise.all([
    tryAsk('DescribeKey', { KeyId: at.reference }, { region }),
    // Aliases of another account cannot be listed.
    foreign ? undefined : tryAsk('ListAliases', { KeyId: named, Limit: 100 }, { region }),
  ])
  if (described.refusal) return { ...at, refusal: described.refusal }
  const key = described.output.KeyMetadata
  // An alias in the address leads to its key: the address of a key is one.
  if (key.KeyId !== named) redirect(paths.key({ account: key.AWSAccountId, region }, key.KeyId))
  const aliases = listed?.output?.Aliases ?? []
  return { ...at, key, aliases, name: keyTitle(named, aliases[0]?.AliasName) }
})

/** The key of an address, read once for a request; a refusal is part of the answer. */
export const loadKey = async (params: Promise<KeyParams>): Promise<LoadedKey> => {
  const { account, region, keyId } = await params
  return load(account, region, keyId)
}

/** Policy · alias/payments · eu-west-1 */
export async function titleOf(page: string, params: Promise<KeyParams>): Promise<{ title: string }> {
  const { name, keyId, scope } = { name: undefined, ...(await loadKey(params)) }
  return { title: `${page} · ${name ?? keyId} · ${scope.region}` }
}

export const isKeyId = (text: string) => KEY_ID.test(text)

type Row = OutputOf<'SearchKeys'>['Keys'][number]

/** What the list knows of a key and DescribeKey does not: its last use. Undefined when it may not be read. */
export const readRow = cache(
  async (
    region: string,
    keyId: string,
    manager: KeyMetadata['KeyManager'] = 'CUSTOMER',
  ): Promise<Row | undefined> => {
    const input = { Filter: `id:${keyId}`, Limit: 1, ...(manager === 'AWS' && { Manager: manager }) }
    return (await tryAsk('SearchKeys', input, { region })).output?.Keys[0]
  },
)

export const readRotation = cache((region: string, reference: string) =>
  tryAsk('GetKeyRotationStatus', { KeyId: reference }, { region }),
)

/** Who used a key of this account, and when. */
export const readUsage = cache((region: string, keyId: string, days: number = USAGE_DAYS) =>
  tryAsk('KeyUsage', { KeyId: keyId, Days: days }, { region }),
)

/** The newest watch over a key, as long as it has something to tell. */
export const readWatch = cache(async (region: string, keyId: string): Promise<Watch | undefined> => {
  const { output } = await tryAsk('ListKeyWatches', { KeyId: keyId }, { region })
  const newest = output?.Watches[0]
  return newest && worthTelling(newest, Date.now() / 1000) ? newest : undefined
})

export type FoundEvent = OutputOf<'SearchEvents'>['Events'][number]

/** The newest event of one kind about a key, in its Region; null when there is none, undefined when the log may not be read. */
export async function newestEvent(
  region: string,
  keyId: string,
  filter: string,
): Promise<FoundEvent | null | undefined> {
  // A multi-Region key has its id in other Regions too.
  const Filter = `key:${keyId} region:${region} ${filter}`
  const { output } = await tryAsk('SearchEvents', { Filter, Limit: 1 }, { region })
  return output && (output.Events[0] ?? null)
}

/** The other Region of this account that has the key, for links that lost their Region. */
export async function regionOfKey({ session, scope, keyId }: KeyPlace): Promise<string | undefined> {
  const others = session.regions.filter((region) => region !== scope.region)
  const found = await Promise.all(
    others.map((region) =>
      ask('DescribeKey', { KeyId: keyId }, { region }).then(
        () => region,
        () => undefined,
      ),
    ),
  )
  return found.find((region) => region !== undefined)
}

export const endpointOf = cache(
  async (region: string): Promise<string> =>
    (await tryAsk('Capabilities', {}, { region })).output?.Endpoint ?? '',
)

/** Where the tab of a key is. */
export const tabOf = ({ scope, keyId }: KeyPlace, tab: KeyTab) => paths.key(scope, keyId, tab)

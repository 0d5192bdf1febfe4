import { shortId } from '#lib/console/format.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import type { InputOf, OutputOf, ReadName } from '#lib/console/operations.ts'
import { inRegion, keyOfPage, paths, relatedKey, type Scope } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'

const ask = <N extends ReadName>(name: N, region: string, input: InputOf<N>): Promise<OutputOf<N>> =>
  // Typed by the operation that the path names.
  fetchJson(paths.engine(name, region, input)) as Promise<OutputOf<N>>

/** How a key is called where one comes from. Who may not list its aliases knows its id. */
const nameOf = (keyId: string, region: string): Promise<string> =>
  ask('ListAliases', region, { KeyId: keyId, Limit: 1 }).then(
    ({ Aliases }) => Aliases[0]?.AliasName ?? `Key ${shortId(keyId)}`,
    () => `Key ${shortId(keyId)}`,
  )

/** Only a multi-Region key has the same id elsewhere. What is there and may not be seen says so on its own page. */
const isThere = async (keyId: string, region: string): Promise<boolean> =>
  keyId.startsWith('mrk-') &&
  ask('DescribeKey', region, { KeyId: keyId }).then(
    () => true,
    (thrown) => !(thrown instanceof EngineRefusal && thrown.refusal.code === 'NotFoundException'),
  )

export type Way = { readonly href: string; readonly said?: string }

/** Where a page leads in another Region: the same page, the related key, or the list above it, which is then said. */
export async function wayTo(pathname: string, from: Scope, region: string): Promise<Way> {
  const there = { account: from.account, region }
  const keyId = keyOfPage(pathname)
  if (!keyId) return { href: inRegion(pathname, there) }
  if (await isThere(keyId, region)) return { href: relatedKey(pathname, there, keyId) }
  const name = await nameOf(keyId, from.region)
  return {
    href: inRegion(pathname, there),
    said: `${name} isn’t in ${region}. Showing keys in ${region}.`,
  }
}

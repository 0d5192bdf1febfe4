/** How facets and their values are called. */
import { principalLabel, shortId } from '#lib/console/format.ts'
import type { FacetName } from '#lib/domain/evidence.ts'

export const FACET_LABELS: Readonly<Record<FacetName, string>> = {
  outcome: 'Outcome',
  class: 'Class',
  event: 'Event',
  actor: 'Principal',
  key: 'Key',
  ip: 'Source',
  error: 'Error',
  region: 'Region',
  agent: 'User agent',
  ctx: 'Context key',
}

const WORDS: Partial<Record<FacetName, Readonly<Record<string, string>>>> = {
  outcome: { ok: 'OK', denied: 'Denied', error: 'Error' },
  class: { crypto: 'Crypto', admin: 'Admin', read: 'Read', auth: 'Sign-in', system: 'System' },
}

/** How a value is shown; `keyName` is the alias of a key by its id, where that is known. */
export function facetWords(
  facet: FacetName,
  value: string,
  keyName: (id: string) => string | undefined,
): string {
  if (facet === 'actor') return value.startsWith('arn:') ? principalLabel(value) : value
  if (facet === 'key') return keyName(value) ?? shortId(value)
  return WORDS[facet]?.[value] ?? value
}

/** Values in the order in which they stood before, then the new ones: nothing jumps while one looks. */
export function inKeptOrder<V extends { readonly Value: string }>(
  before: readonly string[],
  values: readonly V[],
): readonly V[] {
  const kept = before.flatMap((name) => values.find(({ Value }) => Value === name) ?? [])
  return [...kept, ...values.filter(({ Value }) => !before.includes(Value))]
}

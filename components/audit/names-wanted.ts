/** Keys that were called by id or ARN: their events do not say what people call them, so the list of keys is asked. */
import type { InputOf } from '#lib/console/operations.ts'
import type { EventRow } from './events-query.ts'

// As many ids as a filter of 2,000 characters holds.
const AT_ONCE = 50

export type NamesWanted = { readonly region: string; readonly input: InputOf<'SearchKeys'> }

export type KeysNamed = { readonly Events: readonly Pick<EventRow, 'keyId' | 'aliasName' | 'region'>[] }

/** The questions that name the keys of a page, a Region at a time. */
export function namesWanted(page: KeysNamed): NamesWanted[] {
  const byRegion = Map.groupBy(
    page.Events.filter((event) => event.keyId !== null && event.aliasName === null),
    (event) => event.region,
  )
  return [...byRegion].flatMap(([region, events]) => {
    const ids = [...new Set(events.flatMap((event) => event.keyId ?? []))].sort()
    return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) => ({
      region,
      input: { Filter: `id:${ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE).join(',')}`, Limit: 200 },
    }))
  })
}

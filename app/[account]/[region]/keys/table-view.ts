/** The columns of the list of keys as they are kept and shared: ids in their order. */
import type { Density } from '#components/ui/table.tsx'
import { COLUMNS, type Column, columnOf, STANDARD_IDS } from './columns.tsx'

export type View = { readonly ids: readonly string[]; readonly density: Density }

export const STANDARD_VIEW: View = { ids: STANDARD_IDS, density: 'comfortable' }

// A row has no room for more, and an address from elsewhere is not to make thousands.
const MOST = 24

/** Ids that make sense, each once. What cannot be hidden comes first where it was left out. */
function sensible(ids: readonly string[]): readonly string[] {
  const always = COLUMNS.filter(({ id, shown }) => shown === 'always' && !ids.includes(id))
  const known = ids.filter((id) => columnOf(id) !== undefined)
  return [...new Set([...always.map(({ id }) => id), ...known])].slice(0, MOST)
}

export const columnsOf = (ids: readonly string[]): Column[] => ids.flatMap((id) => columnOf(id) ?? [])

/** What an address says; undefined where it says nothing. */
export const sharedIds = (text: string | null): readonly string[] | undefined =>
  text === null ? undefined : sensible(text.split(','))

/** What stands in the address: nothing for the usual columns. No id has a comma: tag keys can't. */
export const writeIds = (ids: readonly string[]): string | null =>
  ids.join() === STANDARD_IDS.join() ? null : ids.join()

/** What a browser kept, as far as it still makes sense. */
export function keptView(text: string | null): View {
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    if (typeof kept !== 'object' || kept === null) return STANDARD_VIEW
    const { ids, density } = kept as Partial<Record<'ids' | 'density', unknown>> // each member is looked at
    return {
      ids: Array.isArray(ids) ? sensible(ids.filter((id) => typeof id === 'string')) : STANDARD_IDS,
      density: density === 'compact' ? 'compact' : 'comfortable',
    }
  } catch {
    return STANDARD_VIEW
  }
}

/** The ids with one of them a place further; as they are where there is none. */
export function move(ids: readonly string[], id: string, by: -1 | 1): readonly string[] {
  const from = ids.indexOf(id)
  const to = from + by
  if (from === -1 || to < 0 || to >= ids.length) return ids
  return ids.toSpliced(from, 1).toSpliced(to, 0, id)
}

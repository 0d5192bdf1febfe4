/** The columns of a list and how close its rows stand, as they are kept and shared: ids in their order. */
import type { Density } from '#components/ui/table.tsx'
import type { ListColumn } from './columns-dialog.tsx'

export type ListView = { readonly ids: readonly string[]; readonly density: Density }

/** Ids that make sense, each once. What cannot be hidden comes where it usually stands. */
export function sensibleIds(columns: readonly ListColumn[], ids: readonly string[]): readonly string[] {
  const known = [...new Set(ids)].filter((id) => columns.some((column) => column.id === id))
  return columns.reduce<readonly string[]>((kept, { id, shown }, index) => {
    if (shown !== 'always' || kept.includes(id)) return kept
    const after = columns.slice(0, index).findLast((column) => kept.includes(column.id))
    return kept.toSpliced(after ? kept.indexOf(after.id) + 1 : 0, 0, id)
  }, known)
}

const standardIds = (columns: readonly ListColumn[]) =>
  columns.filter(({ shown }) => shown !== false).map(({ id }) => id)

export const standardView = (columns: readonly ListColumn[]): ListView => ({
  ids: standardIds(columns),
  density: 'comfortable',
})

/** What an address says; undefined where it says nothing. */
export const idsInAddress = (
  columns: readonly ListColumn[],
  text: string | null,
): readonly string[] | undefined => (text === null ? undefined : sensibleIds(columns, text.split(',')))

/** What stands in the address: nothing for the usual columns. */
export const addressOf = (columns: readonly ListColumn[], ids: readonly string[]): string | null =>
  ids.join() === standardIds(columns).join() ? null : ids.join()

/** What a browser kept, as far as it still makes sense. */
export function viewKept(columns: readonly ListColumn[], text: string | null): ListView {
  const standard = standardView(columns)
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    if (typeof kept !== 'object' || kept === null) return standard
    const { ids, density } = kept as Partial<Record<keyof ListView, unknown>> // each member is looked at
    const named = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : standard.ids
    return {
      ids: sensibleIds(columns, named),
      density: density === 'compact' ? 'compact' : 'comfortable',
    }
  } catch {
    return standard
  }
}

/** The ids with one of them a place further; as they are where there is none. */
export function movedId(ids: readonly string[], id: string, by: -1 | 1): readonly string[] {
  const from = ids.indexOf(id)
  const to = from + by
  if (from === -1 || to < 0 || to >= ids.length) return ids
  return ids.toSpliced(from, 1).toSpliced(to, 0, id)
}

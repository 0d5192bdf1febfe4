import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import { KEY_SORTS, type KeySort } from '#lib/domain/operations/insight.ts'

export type ListedKey = OutputOf<'SearchKeys'>['Keys'][number]

/** The list's order, as its address says it: lastUsed, -lastUsed. Nothing is by alias, upwards. */
export type Order = { readonly sort: KeySort; readonly descending: boolean }

const isSort = (name: string): name is KeySort => KEY_SORTS.some((known) => known === name)

export function readOrder(text: string | null | undefined): Order {
  const name = text?.replace(/^-/, '') ?? ''
  return isSort(name)
    ? { sort: name, descending: text?.startsWith('-') ?? false }
    : { sort: 'alias', descending: false }
}

/** The next click on a column's head: down, up, back to the default order. */
export function nextOrder(column: KeySort, { sort, descending }: Order): string | null {
  if (column === 'alias') return sort === 'alias' && !descending ? '-alias' : null
  if (sort !== column) return `-${column}`
  return descending ? column : null
}

export const PAGE = 100

/** The first page of a filter and an order. Defaults are left out, so that server and browser ask with the same words. */
export function searchInput(filter: string, { sort, descending }: Order): InputOf<'SearchKeys'> {
  return {
    ...(filter !== '' && { Filter: filter }),
    ...(sort !== 'alias' && { Sort: sort }),
    ...(descending && { Order: 'descending' }),
    Limit: PAGE,
  }
}

/** How many keys fit a filter: one row is the least that can be asked for. */
export const countInput = (filter = ''): InputOf<'SearchKeys'> => ({
  ...(filter !== '' && { Filter: filter }),
  Limit: 1,
})

/** Counting stops at 10,000. */
export const countWords = ({ Count, CountIsExact }: Pick<OutputOf<'SearchKeys'>, 'Count' | 'CountIsExact'>) =>
  `${new Intl.NumberFormat('en-GB').format(Count)}${CountIsExact ? '' : '+'}`

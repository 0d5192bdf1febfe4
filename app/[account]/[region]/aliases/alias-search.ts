import type { InputOf, OutputOf } from '#lib/console/operations.ts'

export type ListedAlias = OutputOf<'SearchAliases'>['Aliases'][number]

const PAGE = 100

/** The first page of a filter; server and browser ask with the same words. */
export const aliasInput = (words: string): InputOf<'SearchAliases'> => ({
  ...(words.trim() !== '' && { Words: words.trim() }),
  Limit: PAGE,
})

import type { InputOf } from '#lib/console/operations.ts'

const PAGE = 100

/** The first page of a filter; server and browser ask with the same words. */
export const credentialsInput = (words: string): InputOf<'ListCredentials'> => ({
  ...(words.trim() !== '' && { Words: words.trim() }),
  MaxItems: PAGE,
})

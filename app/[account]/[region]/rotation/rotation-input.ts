import type { InputOf } from '#lib/console/operations.ts'
import { PAGE } from '../keys/key-search.ts'

/** Keys by what is due first; the same words on the server and in the browser. */
export const rotationInput = (filter: string): InputOf<'SearchKeys'> => ({
  ...(filter !== '' && { Filter: filter }),
  Sort: 'nextRotation',
  Limit: PAGE,
})

/** Keys that could rotate and do not: for the list of keys, where many are changed at once. */
export const OFF_FILTER = 'rotation:off spec:SYMMETRIC_DEFAULT origin:AWS_KMS'

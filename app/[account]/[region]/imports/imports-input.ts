import type { InputOf } from '#lib/console/operations.ts'
import { PAGE } from '../keys/key-search.ts'

/** Keys of imported material, what expires first before the rest. */
export const IMPORTS_INPUT: InputOf<'SearchKeys'> = {
  Filter: 'origin:EXTERNAL',
  Sort: 'materialExpires',
  Limit: PAGE,
}

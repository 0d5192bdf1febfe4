import type { InputOf, OutputOf } from '#lib/console/operations.ts'

export type Family = OutputOf<'ListMultiRegionKeys'>['Keys'][number]

/** The first page; server and browser ask with the same words. */
export const FIRST: InputOf<'ListMultiRegionKeys'> = { Limit: 100 }

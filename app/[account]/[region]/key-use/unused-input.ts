import { parseAsStringLiteral } from 'nuqs/server'
import type { InputOf } from '#lib/console/operations.ts'

/** How long a key was not used, as the address says it. */
export const AGES = ['30', '90', '180', '365'] as const
export const AGE = parseAsStringLiteral(AGES).withDefault('90')

export const unusedInput = (days: number): InputOf<'ListUnusedKeys'> => ({ Days: days, Limit: 50 })

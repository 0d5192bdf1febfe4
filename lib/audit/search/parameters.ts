/** Parameters of statements that are put together here, and patterns for LIKE among them. */
import { type FilterValue, piecesOf } from '../../domain/filter-value.ts'

/** Collects parameters: `bind` gives the place of each. */
export type Parameters = {
  readonly values: unknown[]
  readonly bind: (value: unknown, type?: string) => string
}

export function newParameters(): Parameters {
  const values: unknown[] = []
  const bind = (value: unknown, type?: string) => {
    values.push(value)
    return type ? `$${values.length}::${type}` : `$${values.length}`
  }
  return { values, bind }
}

/** What a condition is asked for: where parameters go, and whose log it is. */
export type Asked = { readonly bind: Parameters['bind']; readonly account: string }

export const escapedLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
/** A pattern of LIKE for a value. */
export const likePattern = (value: FilterValue): string => piecesOf(value).map(escapedLike).join('%')
/** A pattern of LIKE for a value anywhere in a text. */
export const holdingPattern = (value: FilterValue): string => `%${likePattern(value)}%`

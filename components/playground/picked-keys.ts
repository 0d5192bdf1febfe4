/** The keys that the playground offers, asked for by the page on the server and by the picker in the browser. */
import type { InputOf, OutputOf } from '#lib/console/operations.ts'

export const KEYS_OF_PICKER = {
  Filter: 'usage:ENCRYPT_DECRYPT spec:SYMMETRIC_DEFAULT',
  Sort: 'lastUsed',
  Order: 'descending',
  Limit: 200,
} as const satisfies InputOf<'SearchKeys'>

export type PickedKey = OutputOf<'SearchKeys'>['Keys'][number]

/** The key that was used last and can be used. */
export const usualKey = (keys: readonly PickedKey[]): string =>
  (keys.find((key) => key.state === 'Enabled') ?? keys[0])?.id ?? ''

/** The key that an id, an ARN or an alias names. */
export const pickedBy = (keys: readonly PickedKey[], reference: string): PickedKey | undefined =>
  keys.find(({ id, arn, aliases }) => [id, arn, ...aliases].includes(reference))

/** The encryption context as rows of a form. */

export type Pair = { readonly id: number; readonly name: string; readonly value: string }

export const NO_PAIRS: readonly Pair[] = [{ id: 0, name: '', value: '' }]

const isEmpty = ({ name, value }: Pair) => name === '' && value === ''

/** What is wrong with a pair, or undefined. A row without anything in it does not count. */
export function faultOf(pair: Pair, pairs: readonly Pair[]): string | undefined {
  if (isEmpty(pair)) return undefined
  if (pair.name === '') return 'Give this pair a key.'
  if (pair.value === '') return 'Give this pair a value.'
  return pairs.some((other) => other.id !== pair.id && other.name === pair.name)
    ? `The key “${pair.name}” is here twice.`
    : undefined
}

/** The context of the request; undefined for none. */
export function contextOf(pairs: readonly Pair[]): Record<string, string> | undefined {
  const given = pairs.filter((pair) => !isEmpty(pair))
  return given.length === 0 ? undefined : Object.fromEntries(given.map(({ name, value }) => [name, value]))
}

/** The first fault among pairs, or undefined. */
export const faultIn = (pairs: readonly Pair[]): string | undefined =>
  pairs.map((pair) => faultOf(pair, pairs)).find(Boolean)

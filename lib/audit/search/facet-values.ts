/** Values of facets that are counted one by one and shown together: agents by family, addresses by network. */
import { readAddress } from '../../domain/condition-values.ts'
import { familyOf } from './agent-families.ts'

export type ValueCount = { readonly value: string; readonly count: number }

/** /24 of an IPv4 address, /64 of another; undefined for what is none. */
function networkOf(text: string): string | undefined {
  const bytes = readAddress(text)
  if (!bytes) return undefined
  if (bytes.length === 4) return `${bytes.slice(0, 3).join('.')}.0/24`
  const groups = [0, 2, 4, 6].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16))
  return `${groups.join(':')}::/64`
}

function summed(rows: readonly ValueCount[], nameOf: (value: string) => string): ValueCount[] {
  const sums = new Map<string, number>()
  for (const { value, count } of rows) sums.set(nameOf(value), (sums.get(nameOf(value)) ?? 0) + count)
  return [...sums].map(([value, count]) => ({ value, count }))
}

/** An address alone in its network is told by itself. */
function byNetwork(rows: readonly ValueCount[]): ValueCount[] {
  const members = new Map<string, number>()
  for (const { value } of rows) {
    const network = networkOf(value)
    if (network) members.set(network, (members.get(network) ?? 0) + 1)
  }
  return summed(rows, (value) => {
    const network = networkOf(value)
    return network && (members.get(network) ?? 0) > 1 ? network : value
  })
}

/** The most frequent first; `words` are looked for in what is told. Who looks for an address gets addresses. */
export function groupedValues(
  facet: 'agent' | 'ip',
  rows: readonly ValueCount[],
  words: string,
): ValueCount[] {
  const addresses = words === '' ? byNetwork(rows) : rows
  const values = facet === 'agent' ? summed(rows, familyOf) : addresses
  return values
    .filter(({ value }) => value.toLowerCase().includes(words.toLowerCase()))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

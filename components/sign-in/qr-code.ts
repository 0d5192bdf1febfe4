/**
 * QR codes (ISO/IEC 18004): bytes, error correction level M, versions 1 to 13. Enough for what an authenticator scans;
 * drawn where the secret already is, so that no picture of it travels.
 */

type Blocks = { readonly correction: number; readonly data: readonly number[] }

const times = (count: number, length: number) => Array<number>(count).fill(length)

/** Table 9, level M: codewords of correction in each block, and of data in each. */
const BLOCKS: readonly Blocks[] = [
  { correction: 10, data: [16] },
  { correction: 16, data: [28] },
  { correction: 26, data: [44] },
  { correction: 18, data: times(2, 32) },
  { correction: 24, data: times(2, 43) },
  { correction: 16, data: times(4, 27) },
  { correction: 18, data: times(4, 31) },
  { correction: 22, data: [...times(2, 38), ...times(2, 39)] },
  { correction: 22, data: [...times(3, 36), ...times(2, 37)] },
  { correction: 26, data: [...times(4, 43), 44] },
  { correction: 30, data: [50, ...times(4, 51)] },
  { correction: 22, data: [...times(6, 36), ...times(2, 37)] },
  { correction: 22, data: [...times(8, 37), 38] },
]

/** Annex E: the centre of the last alignment pattern, and of the middle one where there are three. */
const alignment = (version: number): readonly number[] => {
  if (version === 1) return []
  const last = 4 * version + 10
  return version < 7 ? [6, last] : [6, (6 + last) / 2, last]
}

/** GF(256) by x^8 + x^4 + x^3 + x^2 + 1. */
const EXP: number[] = []
for (let power = 0, value = 1; power < 255; power++) {
  EXP.push(value)
  value = value < 128 ? value * 2 : (value * 2) ^ 0x11d
}
const LOG = new Map(EXP.map((value, power) => [value, power]))
const multiply = (a: number, b: number): number => {
  if (a === 0 || b === 0) return 0
  return EXP[((LOG.get(a) ?? 0) + (LOG.get(b) ?? 0)) % 255] ?? 0
}

/** Reed-Solomon: what is left of the data divided by the generator with this many roots. */
export function correctionOf(data: readonly number[], count: number): number[] {
  let generator = [1]
  for (let root = 0; root < count; root++) {
    const shifted = [...generator, 0]
    for (const [i, factor] of generator.entries())
      shifted[i + 1] = (shifted[i + 1] ?? 0) ^ multiply(factor, EXP[root] ?? 0)
    generator = shifted
  }
  const rest = [...data, ...times(count, 0)]
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i] ?? 0
    for (const [j, term] of generator.entries()) rest[i + j] = (rest[i + j] ?? 0) ^ multiply(term, factor)
  }
  return rest.slice(data.length)
}

const bitsOf = (value: number, count: number) =>
  Array.from({ length: count }, (_, i) => (value >> (count - 1 - i)) & 1)

const sizeOfLength = (version: number) => (version < 10 ? 8 : 16)

/** Byte mode, length, bytes, end, and padding to the last codeword. */
function dataOf(bytes: Uint8Array, version: number, total: number): number[] {
  const bits = [...bitsOf(4, 4), ...bitsOf(bytes.length, sizeOfLength(version))]
  for (const byte of bytes) bits.push(...bitsOf(byte, 8))
  bits.push(...times(Math.min(4, total * 8 - bits.length), 0))
  while (bits.length % 8 > 0) bits.push(0)
  const words = Array.from({ length: bits.length / 8 }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((word, bit) => word * 2 + bit, 0),
  )
  for (let pad = 0xec; words.length < total; pad ^= 0xec ^ 0x11) words.push(pad)
  return words
}

/** The first codeword of each block, the second of each, …; then those of correction in the same way. */
function interleaved(words: readonly number[], { data, correction }: Blocks): number[] {
  let at = 0
  const blocks = data.map((length) => {
    at += length
    return words.slice(at - length, at)
  })
  const columns = (rows: readonly (readonly number[])[]) =>
    Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, i) =>
      rows.flatMap((row) => row[i] ?? []),
    ).flat()
  return [...columns(blocks), ...columns(blocks.map((block) => correctionOf(block, correction)))]
}

type Module = 0 | 1 | undefined
type Grid = Module[][]

function put(grid: Grid, x: number, y: number, on: boolean): void {
  const row = grid[y]
  if (row && x >= 0 && x < row.length) row[x] = on ? 1 : 0
}

/** A square of rings around a centre: dark where `dark` says so of the distance. */
function rings(
  grid: Grid,
  at: { x: number; y: number; reach: number },
  dark: (ring: number) => boolean,
): void {
  const { x, y, reach } = at
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++)
      put(grid, x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))))
}

/** A remainder by a binary polynomial, behind its value. */
function checked(value: number, bits: number, polynomial: number): number {
  let rest = value << bits
  for (let bit = 31 - Math.clz32(rest); bit >= bits; bit = 31 - Math.clz32(rest))
    rest ^= polynomial << (bit - bits)
  return (value << bits) | rest
}

/** Level M is 00; 15 bits, twice (§7.9). */
export const formatBits = (mask: number) => checked(mask, 10, 0x537) ^ 0x5412
/** 18 bits, twice, from version 7 (§7.10). */
export const versionBits = (version: number) => checked(version, 12, 0x1f25)

function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length
  const bits = bitsOf(formatBits(mask), 15).reverse()
  for (const [i, bit] of bits.entries()) {
    // Around the corner at the top left, past the timing patterns; and in two halves at the other corners.
    const near = i < 6 ? i : i < 8 ? i + 1 : 15 - i
    if (i < 8) put(grid, 8, near, bit === 1)
    else put(grid, i === 8 ? 7 : near - 1, 8, bit === 1)
    if (i < 8) put(grid, size - 1 - i, 8, bit === 1)
    else put(grid, 8, size - 15 + i, bit === 1)
  }
  put(grid, 8, size - 8, true)
}

function fixedPatterns(version: number): Grid {
  const size = 17 + 4 * version
  const grid: Grid = Array.from({ length: size }, () => Array<Module>(size).fill(undefined))
  for (let i = 0; i < size; i++) {
    put(grid, i, 6, i % 2 === 0)
    put(grid, 6, i, i % 2 === 0)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    rings(grid, { x, y, reach: 4 }, (ring) => ring !== 2 && ring !== 4)
  const centres = alignment(version)
  const corner = (at: number) => at < 9
  const far = (at: number) => at > size - 10
  for (const y of centres)
    for (const x of centres)
      if (!(corner(x) && corner(y)) && !(far(x) && corner(y)) && !(corner(x) && far(y)))
        rings(grid, { x, y, reach: 2 }, (ring) => ring !== 1)
  if (version >= 7)
    for (const [i, bit] of bitsOf(versionBits(version), 18).reverse().entries()) {
      const [a, b] = [Math.floor(i / 3), size - 11 + (i % 3)]
      put(grid, a, b, bit === 1)
      put(grid, b, a, bit === 1)
    }
  drawFormat(grid, 0)
  return grid
}

/** §7.8.2 */
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** In columns of two, from the right, up and down in turn; the timing column is left out. */
function* path(fixed: Grid): Generator<{ x: number; y: number }> {
  const size = fixed.length
  for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up)
    for (let i = 0; i < size; i++)
      for (const x of [right, right - 1]) {
        const y = up ? size - 1 - i : i
        if (fixed[y]?.[x] === undefined) yield { x, y }
      }
}

/** How much of a grid is in runs of five and more (§7.8.3, the first rule): the heaviest of what confuses scanners. */
function runs(lines: readonly (readonly Module[])[]): number {
  let penalty = 0
  for (const line of lines) {
    let length = 0
    for (const [i, module] of line.entries()) {
      length = i > 0 && module === line[i - 1] ? length + 1 : 1
      if (length === 5) penalty += 3
      if (length > 5) penalty += 1
    }
  }
  return penalty
}

const penaltyOf = (grid: Grid) => runs(grid) + runs(grid.map((_, i) => grid.map((row) => row[i])))

function masked(fixed: Grid, words: readonly number[], mask: number): Grid {
  const grid = fixed.map((row) => [...row])
  const bits = words.flatMap((word) => bitsOf(word, 8))
  let at = 0
  for (const { x, y } of path(fixed)) put(grid, x, y, (bits[at++] === 1) !== (MASKS[mask]?.(x, y) ?? false))
  drawFormat(grid, mask)
  return grid
}

/** The modules of a code for a text, row by row; true is dark. @throws RangeError beyond 331 bytes. */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const bytes = new TextEncoder().encode(text)
  const totals = BLOCKS.map(({ data }) => data.reduce((sum, length) => sum + length, 0))
  const version = 1 + totals.findIndex((total, i) => 4 + sizeOfLength(i + 1) + bytes.length * 8 <= total * 8)
  const blocks = BLOCKS[version - 1]
  if (!blocks) throw new RangeError('too long for a QR code of version 13')
  const words = interleaved(dataOf(bytes, version, totals[version - 1] ?? 0), blocks)
  const fixed = fixedPatterns(version)
  const grids = MASKS.map((_, mask) => masked(fixed, words, mask))
  const best = grids.reduce((one, other) => (penaltyOf(other) < penaltyOf(one) ? other : one))
  return best.map((row) => row.map((module) => module === 1))
}

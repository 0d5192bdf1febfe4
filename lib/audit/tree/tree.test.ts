/** The tree against the definitions of RFC 6962 §2.1, computed here by recursion over whole lists. */
import { describe, expect, it } from 'vitest'
import { logSigner } from '../../crypto/log-signer.ts'
import { generateSecretKey } from '../../crypto/secret-key.ts'
import { EMPTY_ROOT, leafHash, nodeHash } from './hash.ts'
import { NoteError, openCheckpoint, parseVerifierKey, printVerifierKey, signCheckpoint } from './note.ts'
import { consistencyRanges, extendsTree, includes, inclusionRanges, proofFrom, tilesOf } from './proof.ts'
import { edgeOf, grow, type Tile, tileName } from './tiles.ts'

const leaves = Array.from({ length: 1400 }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)))

/** MTH(D[n]) as the RFC defines it. */
function mth(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes
  if (!only) return EMPTY_ROOT
  if (hashes.length === 1) return only
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return nodeHash(mth(hashes.slice(0, k)), mth(hashes.slice(k)))
}

/** A tree that grew in steps of these sizes. */
function grown(steps: readonly number[]) {
  const tiles = new Map<string, Tile>()
  let size = 0
  let root = EMPTY_ROOT
  for (const step of steps) {
    const edge = edgeOf(size).flatMap((key) => tiles.get(tileName(key)) ?? [])
    const next = grow(edge, size, leaves.slice(size, size + step))
    for (const tile of next.tiles) tiles.set(tileName(tile), tile)
    size = next.size
    root = next.root
  }
  return {
    size,
    root,
    tile: (key: { level: number; index: number }) => tiles.get(tileName(key))?.hashes,
    tiles,
  }
}

describe('a tree', () => {
  it.each([0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 1000, 1400])(
    'of %i leaves has the root of the RFC',
    (size) => {
      expect(grown([size]).root).toEqual(mth(leaves.slice(0, size)))
    },
  )

  it('is the same in whatever steps it grew', () => {
    const whole = grown([1400])
    const pieces = grown([1, 254, 1, 1, 300, 0, 700, 143])
    expect(pieces.root).toEqual(whole.root)
    const of = ({ tiles }: typeof whole) => [...tiles].sort(([a], [b]) => a.localeCompare(b))
    expect(of(pieces)).toEqual(of(whole))
  })

  const { tile, root, size } = grown([1400])
  it('proves every leaf, and no other', () => {
    for (let index = 0; index < size; index++) {
      const ranges = inclusionRanges(index, size)
      expect(tilesOf(ranges).every((key) => tile(key) !== undefined)).toBe(true)
      const proof = proofFrom(ranges, tile)
      const leaf = leaves[index] ?? EMPTY_ROOT
      expect(includes({ leaf, index, size, proof, root })).toBe(true)
      expect(includes({ leaf: leaves[(index + 1) % size] ?? EMPTY_ROOT, index, size, proof, root })).toBe(
        false,
      )
      expect(includes({ leaf, index: (index + 1) % size, size, proof, root })).toBe(false)
      expect(includes({ leaf, index, size, proof: proof.slice(1), root })).toBe(false)
    }
  })

  it('proves leaves of smaller trees, from tiles that have grown since', () => {
    for (const smaller of [1, 2, 255, 256, 700, 1024]) {
      const proof = proofFrom(inclusionRanges(smaller - 1, smaller), tile)
      const leaf = leaves[smaller - 1] ?? EMPTY_ROOT
      const before = mth(leaves.slice(0, smaller))
      expect(includes({ leaf, index: smaller - 1, size: smaller, proof, root: before })).toBe(true)
    }
  })

  it.each([0, 1, 2, 3, 64, 255, 256, 257, 600, 1024, 1399, 1400])(
    'extends its first %i leaves',
    (smaller) => {
      const first = { size: smaller, root: mth(leaves.slice(0, smaller)) }
      const proof = proofFrom(consistencyRanges(smaller, size), tile)
      expect(extendsTree({ first, second: { size, root }, proof })).toBe(true)
      if (smaller === 0) return
      const other = { size: smaller, root: leafHash(Buffer.from('another tree')) }
      expect(extendsTree({ first: other, second: { size, root }, proof })).toBe(false)
    },
  )
})

describe('a checkpoint', () => {
  const signer = logSigner(generateSecretKey().key)
  const key = printVerifierKey('keyhouse/test', signer.publicKey)
  const head = { origin: 'keyhouse/test', size: 7, root: EMPTY_ROOT }
  const note = signCheckpoint(head, signer)

  it('says what was signed', () => {
    expect(openCheckpoint(note, [parseVerifierKey(key)])).toEqual(head)
  })

  const stranger = logSigner(generateSecretKey().key)
  it.each([
    ['another size', note.replace('\n7\n', '\n8\n')],
    ['another log', note.replaceAll('keyhouse/test', 'keyhouse/other')],
    [
      'another root',
      note.replace(EMPTY_ROOT.toString('base64'), leafHash(Buffer.from('x')).toString('base64')),
    ],
    ['a size that is no number', note.replace('\n7\n', '\n07\n')],
    ['another signer', signCheckpoint(head, stranger)],
    ['nothing signed', note.slice(0, note.indexOf('—'))],
    ['nothing', ''],
  ])('is refused with %s', (_, text) => {
    expect(() => openCheckpoint(text, [parseVerifierKey(key)])).toThrow(NoteError)
  })
})

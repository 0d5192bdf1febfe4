import { describe, expect, it } from 'vitest'
import { correctionOf, formatBits, qrCode, versionBits } from './qr-code.ts'

const FINDER = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']
const bits = (row: readonly boolean[], from: number, to: number) =>
  row
    .slice(from, to)
    .map((on) => (on ? '1' : '0'))
    .join('')

describe('a QR code', () => {
  it('corrects as the standard’s arithmetic does', () => {
    // "HELLO WORLD" in version 1-M.
    const data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17]
    expect(correctionOf(data, 10)).toEqual([196, 35, 39, 119, 235, 215, 231, 226, 93, 23])
  })

  it.each([
    ['of level M with mask 0', formatBits(0), '101010000010010'],
    ['of level M with mask 5', formatBits(5), '100000011001110'],
    ['of version 7', versionBits(7), '111110010010100'],
  ])('says its format: %s', (_, value, expected) => {
    expect(value.toString(2)).toBe(expected)
  })

  it.each([
    [14, 21],
    [15, 25],
    [106, 41],
    [107, 45],
    [213, 57],
    [331, 69],
  ])('of %i bytes is %i modules wide, with its three corners', (length, size) => {
    const rows = qrCode('x'.repeat(length))
    expect(rows).toHaveLength(size)
    for (const [x, y] of [
      [0, 0],
      [size - 7, 0],
      [0, size - 7],
    ] as const)
      expect(rows.slice(y, y + 7).map((row) => bits(row, x, x + 7))).toEqual(FINDER)
    expect(bits(rows[6] ?? [], 6, size - 6)).toMatch(/^(?:10)+1/)
  })

  it('is another for every text', () => {
    expect(qrCode('one')).not.toEqual(qrCode('two'))
  })

  it('refuses what does not fit', () => {
    expect(() => qrCode('x'.repeat(332))).toThrow(RangeError)
  })
})

import { describe, expect, it } from 'vitest'
import { KmsError } from '#lib/domain/refusal.ts'
import { openMarker, sealMarker } from './marker.ts'
import { secretKey } from './secret-key.ts'

const KEY = secretKey(Buffer.from('4ccc8bd78147fcd73348586023a4cbdcb2d99a09b4f68fadb1741220e2954acb', 'hex'))
const PURPOSE = 'ListKeys/1'
/** Made by another implementation. */
const FROZEN = 'Aac5mXzIXB9N1XIWipW83iuE-xCZ7krvOcsx9VghErVuEzpgDgUxGSroNMyi4-1qvt8WriBVid5Z1qMqzLo'

it('opens a marker of another implementation', () => {
  expect(openMarker(KEY, PURPOSE, FROZEN)).toEqual({ after: 'key-1' })
})

it.each([
  ['a number', 100],
  ['text', 'alias/Größe'],
  ['null', null],
  ['a list', [1, 'a', null]],
  ['an object', { a: { b: 1 } }],
])('brings back %s', (_, position) => {
  const marker = sealMarker(KEY, PURPOSE, position)
  expect(marker).toMatch(/^[\w-]+$/)
  expect(openMarker(KEY, PURPOSE, marker)).toEqual(position)
})

it('shows nothing of the position, nor that two are the same', () => {
  const [one, other] = [sealMarker(KEY, PURPOSE, 'secret-name'), sealMarker(KEY, PURPOSE, 'secret-name')]
  expect(one).not.toBe(other)
  expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('secret-name')
})

it('refuses a position that JSON cannot say', () => {
  expect(() => sealMarker(KEY, PURPOSE, undefined)).toThrow(TypeError)
})

describe('what cannot be decoded', () => {
  const refusal = new KmsError('InvalidMarkerException', 'Could not decode marker.')
  const bytes = Buffer.from(FROZEN, 'base64url')

  it.each([
    ['nothing', ''],
    ['nonsense', 'no marker at all'],
    ['base64 of nonsense', Buffer.alloc(100, 1).toString('base64url')],
    ['white space around it', ` ${FROZEN} `],
    ['padding', `${FROZEN}=`],
    ['the same bytes in other letters', bytes.toString('base64')],
    ['another spelling of its last character', `${FROZEN.slice(0, -1)}p`],
    ['something behind it', `${FROZEN}AAAA`],
    ['a cut one', FROZEN.slice(0, -4)],
  ])('%s', (_, marker) => {
    expect(() => openMarker(KEY, PURPOSE, marker)).toThrow(refusal)
  })

  it('any changed byte', () => {
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(() => openMarker(KEY, PURPOSE, changed.toString('base64url'))).toThrow(refusal)
    }
  })

  it('a marker of another purpose or key', () => {
    expect(() => openMarker(KEY, 'ListKeys/11', FROZEN)).toThrow(refusal)
    expect(() => openMarker(secretKey(Buffer.alloc(32)), PURPOSE, FROZEN)).toThrow(refusal)
  })
})

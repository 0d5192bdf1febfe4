import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { checkValue } from './check-value.ts'
import { sha256, sha256Hex } from './digest.ts'
import { equalBytes } from './equal.ts'
import { keyMaterialId } from './material-id.ts'
import { hashOpaqueToken, newOpaqueToken } from './opaque-token.ts'
import { rowMac } from './row-mac.ts'
import { generateSecretKey, secretKey, secretKeyAndWipe } from './secret-key.ts'
import { hmacHex, sigv4SigningKey } from './signing-key.ts'
import { plainHmac } from './testdata/second-opinion.ts'

const RAW = Buffer.from('590f4ce3b35643dcfe45c8e8881e532daad0047d8e860fb730034fa04541967c', 'hex')
const KEY = secretKey(RAW)

it('a key object prints nothing of its key', () => {
  for (const text of [inspect(KEY), JSON.stringify(KEY), String(KEY)]) {
    expect(text).not.toContain(RAW.toString('hex').slice(0, 8))
    expect(text).not.toContain('59 0f')
  }
})

it('a key outlives its wiped bytes', () => {
  const bytes = Buffer.from(RAW)
  const key = secretKeyAndWipe(bytes)
  expect(bytes).toEqual(Buffer.alloc(32))
  expect(key.export()).toEqual(RAW)
})

it('a generated key is the key of its bytes', () => {
  const { key, bytes } = generateSecretKey(48)
  expect(bytes.lend((raw) => Buffer.from(raw))).toEqual(key.export())
  expect(key.symmetricKeySize).toBe(48)
})

it('a check value is the start of an HMAC', () => {
  expect(checkValue(KEY).toString('hex')).toBe('e4e32df7cabcc5dd')
  expect(checkValue(KEY)).toEqual(plainHmac(RAW, Buffer.from('check-value/v1')).subarray(0, 8))
})

it('a digest is that of the parts in a row', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256Hex('a', Buffer.from('b'), 'c')).toBe(sha256Hex('abc'))
  expect(sha256('Größe').toString('hex')).toBe(sha256Hex(Buffer.from('Größe')))
  expect(sha256().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

it.each([
  ['the same bytes', [1, 2], [1, 2], true],
  ['nothing and nothing', [], [], true],
  ['another byte', [1, 2], [1, 3], false],
  ['a longer one', [1, 2], [1, 2, 0], false],
])('comparing %s', (_, a, b, verdict) => {
  expect(equalBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(verdict)
})

it('a row MAC is frozen', () => {
  expect(rowMac(KEY, 'key', ['111122223333', null, '']).toString('hex')).toBe(
    '72dc01334a2f11fa0ec2dc3dccf886a145144a0ed4a457f06aa67f72df89a417',
  )
})

it.each([
  ['another table', 'alias', ['a', 'b', null]],
  ['another value', 'key', ['a', 'c', null]],
  ['a boundary that shifts', 'key', ['ab', '', null]],
  ['empty instead of nothing', 'key', ['a', 'b', '']],
  ['one column less', 'key', ['a', 'b']],
  ['columns that trade places', 'key', ['b', 'a', null]],
])('a row MAC sees %s', (_, table, fields) => {
  expect(rowMac(KEY, table, fields)).not.toEqual(rowMac(KEY, 'key', ['a', 'b', null]))
})

it('a material id hangs on the key id and the material', () => {
  const keyId = '97e38309-fc26-4f3e-94f8-0ea762d9f4e9'
  const mrk = 'mrk-97e38309fc264f3e94f80ea762d9f4e9'
  const id = keyMaterialId(keyId, RAW)
  expect(id).toBe(sha256Hex('keyhouse/material/v1', keyId, RAW))
  expect(new Set([id, keyMaterialId(mrk, RAW), keyMaterialId(keyId, Buffer.alloc(32))]).size).toBe(3)
  expect(() => keyMaterialId('key-1', RAW)).toThrow(TypeError)
})

it('an opaque token is 256 bits, found by its hash alone', () => {
  const { token, hash } = newOpaqueToken()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(hashOpaqueToken(token)).toEqual(hash)
  expect(hash).toHaveLength(32)
  expect(hashOpaqueToken(`${token}=`)).not.toEqual(hash)
  expect(newOpaqueToken().token).not.toBe(token)
})

it.each([
  // The examples of AWS's documentation of Signature Version 4.
  ['20120215', 'f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d'],
  ['20150830', 'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9'],
])('a signing key of %s is what AWS says', (date, expected) => {
  const secret = Buffer.from('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
  expect(sigv4SigningKey(secret, date, 'us-east-1', 'iam').export().toString('hex')).toBe(expected)
  expect(secret.toString()).toBe('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
})

it('a signature is an HMAC in hex', () => {
  // RFC 4231 §4.3
  expect(hmacHex(secretKey(Buffer.from('Jefe')), 'what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})

import { expect, it } from 'vitest'
import { KNOWN_ANSWERS } from './known-answers.ts'
import { selfTest } from './self-test.ts'

it('passes on a sound machine', () => {
  expect(() => selfTest()).not.toThrow()
})

const { sha256, hmac, kbkdf, aesGcm, wrap, blob, macs, rsa, ecdsa, ed25519, mlDsa, mlKem } = KNOWN_ANSWERS
/** Another hex digit at the end: what a machine that computes wrong would give. */
const wrong = (hex: string) => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0')

it.each([
  ['sha256', { ...KNOWN_ANSWERS, sha256: { ...sha256, digest: wrong(sha256.digest) } }],
  ['hmac', { ...KNOWN_ANSWERS, hmac: { ...hmac, mac: wrong(hmac.mac) } }],
  ['kbkdf', { ...KNOWN_ANSWERS, kbkdf: { ...kbkdf, derived: wrong(kbkdf.derived) } }],
  ['aesGcm', { ...KNOWN_ANSWERS, aesGcm: { ...aesGcm, ciphertext: wrong(aesGcm.ciphertext) } }],
  ['aesGcm', { ...KNOWN_ANSWERS, aesGcm: { ...aesGcm, tag: wrong(aesGcm.tag) } }],
  ['wrap', { ...KNOWN_ANSWERS, wrap: { ...wrap, record: wrong(wrap.record) } }],
  ['wrap', { ...KNOWN_ANSWERS, wrap: { ...wrap, plaintext: wrong(wrap.plaintext) } }],
  ['wrap', { ...KNOWN_ANSWERS, wrap: { ...wrap, identity: { ...wrap.identity, region: null } } }],
  ['blob', { ...KNOWN_ANSWERS, blob: { ...blob, blob: wrong(blob.blob) } }],
  ['blob', { ...KNOWN_ANSWERS, blob: { ...blob, plaintext: wrong(blob.plaintext) } }],
  ['blob', { ...KNOWN_ANSWERS, blob: { ...blob, context: {} } }],
  [
    'macs',
    { ...KNOWN_ANSWERS, macs: { ...macs, mac: { ...macs.mac, HMAC_SHA_224: wrong(macs.mac.HMAC_SHA_224) } } },
  ],
  [
    'macs',
    { ...KNOWN_ANSWERS, macs: { ...macs, mac: { ...macs.mac, HMAC_SHA_512: wrong(macs.mac.HMAC_SHA_512) } } },
  ],
  ['rsa', { ...KNOWN_ANSWERS, rsa: { ...rsa, pkcs1: wrong(rsa.pkcs1) } }],
  ['rsa', { ...KNOWN_ANSWERS, rsa: { ...rsa, pss: wrong(rsa.pss) } }],
  ['rsa', { ...KNOWN_ANSWERS, rsa: { ...rsa, oaep: wrong(rsa.oaep) } }],
  ['ecdsa', { ...KNOWN_ANSWERS, ecdsa: { ...ecdsa, signature: wrong(ecdsa.signature) } }],
  ['ed25519', { ...KNOWN_ANSWERS, ed25519: { ...ed25519, signature: wrong(ed25519.signature) } }],
  ['mlDsa', { ...KNOWN_ANSWERS, mlDsa: { ...mlDsa, pkcs8: wrong(mlDsa.pkcs8) } }],
  ['mlDsa', { ...KNOWN_ANSWERS, mlDsa: { ...mlDsa, signature: wrong(mlDsa.signature) } }],
  ['mlKem', { ...KNOWN_ANSWERS, mlKem: { ...mlKem, ciphertext: wrong(mlKem.ciphertext) } }],
  ['mlKem', { ...KNOWN_ANSWERS, mlKem: { ...mlKem, secret: wrong(mlKem.secret) } }],
])('stops the start when %s comes out otherwise', (name, answers) => {
  expect(() => selfTest(answers)).toThrow(`the self-test failed: ${name} does not give its known answer`)
})

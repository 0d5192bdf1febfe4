/** HMAC (FIPS 198-1) for keys of customers, with each SHA-2. What Keyhouse itself needs is in mac.ts. */
import { createHmac, type KeyObject } from 'node:crypto'
import type { MacAlgorithmName } from '#lib/domain/key-spec.ts'
import { equalBytes } from './equal.ts'

const HASHES: Readonly<Record<MacAlgorithmName, string>> = {
  HMAC_SHA_224: 'sha224',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
}

/** The MAC of a message under a secret key: 28, 32, 48 or 64 bytes, never truncated. */
export const generateMac = (key: KeyObject, algorithm: MacAlgorithmName, message: Uint8Array): Buffer =>
  createHmac(HASHES[algorithm], key).update(message).digest()

/** Whether a MAC is whole and the message's, in a time that depends on lengths alone (R24). */
export const macMatches = (
  key: KeyObject,
  algorithm: MacAlgorithmName,
  message: Uint8Array,
  mac: Uint8Array,
): boolean => equalBytes(generateMac(key, algorithm, message), mac)

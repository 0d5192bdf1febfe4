/** New asymmetric keys, made in libuv's threads by OpenSSL, each proven before anyone relies on it (R12). */
import { generateKeyPair as nativeGenerate } from 'node:crypto'
import { type AsymmetricSpecName, KEY_SPECS } from '#lib/domain/key-spec.ts'
import { openPrivateKey, type PrivateKey, publicKeyBytes } from './asymmetric-key.ts'
import { decapsulate, encapsulate } from './encapsulation.ts'
import { equalBytes } from './equal.ts'
import { asymmetricMaterial, curveOf } from './key-format.ts'
import { sign } from './signature.ts'
import { turns } from './turns.ts'

// RSA-4096 takes seconds, and everything else that needs libuv's four threads must go on meanwhile.
const inTurn = turns({ running: 2, waiting: 64 })

type Made = { readonly privateKey: Buffer; readonly publicKey: Buffer }

const PKCS8 = { format: 'der', type: 'pkcs8' } as const
const SPKI = { format: 'der', type: 'spki' } as const
const DER = { privateKeyEncoding: PKCS8, publicKeyEncoding: SPKI }

function nativePair(spec: AsymmetricSpecName): Promise<Made> {
  const material = asymmetricMaterial(spec)
  return new Promise((resolve, reject) => {
    const made = (error: Error | null, publicKey: Buffer, privateKey: Buffer) =>
      error ? reject(error) : resolve({ privateKey, publicKey })
    switch (material.kind) {
      case 'rsa':
        return nativeGenerate('rsa', { modulusLength: material.bits, publicExponent: 65_537, ...DER }, made)
      case 'ec':
      case 'sm2':
        return nativeGenerate('ec', { namedCurve: curveOf(spec)?.openssl ?? '', ...DER }, made)
      case 'ed25519':
        return nativeGenerate('ed25519', DER, made)
      case 'ml-dsa':
        return nativeGenerate(`ml-dsa-${material.level}`, DER, made)
      case 'ml-kem':
        return nativeGenerate(`ml-kem-${material.level}`, DER, made)
    }
  })
}

const PROOF = Buffer.from('keyhouse/pairwise')

/** Uses both halves together once (FIPS 140-3, pairwise consistency). Throws Error when they do not fit. */
async function prove(key: PrivateKey): Promise<void> {
  const [algorithm] = KEY_SPECS[key.spec].signing
  if (!algorithm) return proveEncapsulation(key)
  // Whatever is signed is verified before it is given out.
  await sign(key, algorithm, PROOF, 'RAW')
}

async function proveEncapsulation({ spec, key, publicKey }: PrivateKey): Promise<void> {
  const { sharedSecret, ciphertext } = await encapsulate({ spec, key: publicKey })
  const opened = await decapsulate({ spec, key, publicKey }, ciphertext)
  const same = equalBytes(sharedSecret, opened)
  sharedSecret.fill(0)
  opened.fill(0)
  if (!same) throw new Error('a generated pair does not fit together')
}

/**
 * A new pair of a spec: PKCS#8 DER, which the caller wipes, and SPKI DER. Throws ThrottlingException when too many
 * wait, Error for a pair that does not fit together.
 */
export async function generateKeyPair(
  spec: AsymmetricSpecName,
): Promise<{ privateKey: Buffer; publicKey: Buffer }> {
  return inTurn(async () => {
    const pair = await nativePair(spec)
    try {
      const opened = openPrivateKey(spec, pair.privateKey)
      await prove(opened)
      if (!equalBytes(publicKeyBytes(opened), pair.publicKey))
        throw new Error('a generated pair does not fit together')
      return pair
    } catch (error) {
      pair.privateKey.fill(0)
      throw error
    }
  })
}

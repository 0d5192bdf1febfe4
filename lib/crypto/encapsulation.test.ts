import { ml_kem512, ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import { describe, expect, it } from 'vitest'
import { openPrivateKey, openPublicKey } from './asymmetric-key.ts'
import { decapsulate, encapsulate } from './encapsulation.ts'
import { generateKeyPair } from './key-pair.ts'

describe.each([
  ['ML_KEM_512', 768, ml_kem512],
  ['ML_KEM_768', 1088, ml_kem768],
  ['ML_KEM_1024', 1568, ml_kem1024],
] as const)('%s', async (spec, bytes, library) => {
  const { privateKey, publicKey } = await generateKeyPair(spec)
  const own = openPrivateKey(spec, privateKey)
  const theirs = openPublicKey(spec, publicKey)

  it(`carries a secret of 32 bytes in ${bytes}`, async () => {
    const { sharedSecret, ciphertext } = await encapsulate(theirs)
    expect([sharedSecret.length, ciphertext.length]).toEqual([32, bytes])
    expect(await decapsulate(own, ciphertext)).toEqual(sharedSecret)
    expect((await encapsulate(theirs)).sharedSecret).not.toEqual(sharedSecret)
  })

  it('agrees with another library, both ways', async () => {
    const theirsMade = library.encapsulate(publicKey.subarray(-library.lengths.publicKey!))
    expect(await decapsulate(own, theirsMade.cipherText)).toEqual(Buffer.from(theirsMade.sharedSecret))
    const made = await encapsulate(theirs)
    const secretKey = privateKey.subarray(-library.lengths.secretKey!)
    expect(Buffer.from(library.decapsulate(made.ciphertext, secretKey))).toEqual(made.sharedSecret)
  })

  it('gives another secret for a ciphertext that was changed, and the same one again', async () => {
    const { sharedSecret, ciphertext } = await encapsulate(theirs)
    const changed = ciphertext.map((byte, i) => (i === 5 ? byte ^ 1 : byte))
    const rejected = await decapsulate(own, changed)
    expect(rejected).toHaveLength(32)
    expect(rejected).not.toEqual(sharedSecret)
    expect(await decapsulate(own, changed)).toEqual(rejected)
  })

  it.each([0, bytes - 1, bytes + 1])('refuses a ciphertext of %i bytes', async (length) => {
    await expect(decapsulate(own, Buffer.alloc(length))).rejects.toMatchObject({
      code: 'InvalidCiphertextException',
      message: '',
    })
  })
})

/** What is sealed for a recipient opens for it: with a reader of our own, and with OpenSSL's. */
import { spawnSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEnclave } from '#lib/testing/attestation.ts'
import { sealForRecipient } from './cms-enveloped.ts'

const enclave = openEnclave()
const publicKey = createPublicKey(enclave.privateKey)
const hex = (bytes: Buffer) => bytes.toString('hex')

describe('CMS for a recipient', () => {
  it.each([1, 15, 16, 17, 32, 1024, 4096])('of %i bytes opens', (length) => {
    const plaintext = Buffer.alloc(length, length)
    expect(enclave.open(sealForRecipient(publicKey, plaintext))).toEqual(plaintext)
  })

  it('opens for nobody else', () => {
    expect(() => openEnclave().open(sealForRecipient(publicKey, Buffer.from('x')))).toThrow()
  })

  it('never looks the same twice', () => {
    const plaintext = Buffer.alloc(32)
    expect(sealForRecipient(publicKey, plaintext)).not.toEqual(sealForRecipient(publicKey, plaintext))
  })

  // The shape of an answer of KMS, recorded in 2025: https://github.com/yawn/ned (lengths, versions and parameters).
  it('is byte for byte of the shape that KMS answers with', () => {
    const sealed = hex(sealForRecipient(publicKey, Buffer.alloc(28)))
    expect(sealed.length / 2).toBe(477)
    const oaep =
      '303c06092a864886f70d010107302fa00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500'
    expect(sealed).toMatch(
      new RegExp(
        `^308006092a864886f70d010703a08030800201023182016b30820167020102` +
          `8020[0-9a-f]{64}${oaep}04820100[0-9a-f]{512}` +
          `308006092a864886f70d010701301d060960864801650304012a0410[0-9a-f]{32}a0800420[0-9a-f]{64}0{20}$`,
      ),
    )
  })

  const openssl = spawnSync('openssl', ['version']).status === 0
  it.skipIf(!openssl)('opens with OpenSSL', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cms-'))
    try {
      const key = join(folder, 'key.pem')
      writeFileSync(key, enclave.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
      const input = sealForRecipient(publicKey, Buffer.from('a data key'))
      const ran = spawnSync('openssl', ['cms', '-decrypt', '-inform', 'DER', '-inkey', key], { input })
      expect(ran.stdout.toString()).toBe('a data key')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

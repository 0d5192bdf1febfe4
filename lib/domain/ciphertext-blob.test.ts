import { describe, expect, it } from 'vitest'
import { readBlob, sealBlob } from '#lib/crypto/blob.ts'
import { secretKey } from '#lib/crypto/secret-key.ts'
import { ciphertextHead, readCiphertextBlob } from './ciphertext-blob.ts'

const material = { id: 'ab'.repeat(32), key: secretKey(Buffer.alloc(32, 7)) }
const identity = { partition: 'aws', account: '111122223333', keyId: 'k' }
const blob = sealBlob(material, Buffer.from('order 42'), identity, { tenant: 'acme' })

it('reads what the engine wrote, as the engine reads it', () => {
  expect(readCiphertextBlob(blob)).toEqual({ version: 1, materialId: material.id, plaintextBytes: 8 })
  expect(readCiphertextBlob(blob)?.materialId).toBe(readBlob(blob)?.materialId)
})

it('the head of a blob names the same material, and holds none of the ciphertext that follows', () => {
  const head = ciphertextHead(sealBlob(material, Buffer.alloc(400), identity, undefined))
  expect(head).toHaveLength(110)
  expect(readCiphertextBlob(head)?.materialId).toBe(material.id)
})

describe('is silent about', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a blob cut to less than its frame', blob.subarray(0, 109)],
    ['another version', Buffer.concat([Buffer.from([2]), blob.subarray(1)])],
    ['another suite', Buffer.concat([Buffer.from([1, 2]), blob.subarray(2)])],
    ['more than a ciphertext can be', Buffer.concat([blob, Buffer.alloc(6144)])],
  ])('%s', (_, bytes) => {
    expect(readCiphertextBlob(bytes)).toBeUndefined()
  })
})

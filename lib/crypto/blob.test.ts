import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEY_ID } from '#lib/domain/arn.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { openGcm } from './aead.ts'
import { openBlob, readBlob, sealBlob } from './blob.ts'
import { keyMaterialId } from './material-id.ts'
import { randomBytes } from './random.ts'
import { secretKey } from './secret-key.ts'
import frozen from './testdata/blob-v1.json' with { type: 'json' }
import { fromBlock, ghash, ghashBlocks, invert, multiply, toBlock } from './testdata/galois.ts'
import { plainFields, plainKbkdf, plainOpenBlob } from './testdata/second-opinion.ts'

const RAW = Buffer.alloc(32, 9)
const IDENTITY = { partition: 'aws', account: '111122223333', keyId: '97e38309-fc26-4f3e-94f8-0ea762d9f4e9' }
const MATERIAL = { id: keyMaterialId(IDENTITY.keyId, RAW), key: secretKey(RAW) }
const CONTEXT: EncryptionContext = { tenant: '42', purpose: 'backup' }
const PLAINTEXT = Buffer.from('attack at dawn')
const refusal = new KmsError('InvalidCiphertextException')

const contexts = fc.dictionary(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  {
    maxKeys: 6,
  },
)

describe('blobs of version 1, frozen', () => {
  const rows = frozen as readonly ((typeof frozen)[number] & { context?: Record<string, string> })[]
  const open = (row: (typeof rows)[number]) => {
    const material = { id: row.materialId, key: secretKey(Buffer.from(row.material, 'hex')) }
    return openBlob(material, Buffer.from(row.blob, 'base64'), row, row.context).toString('base64')
  }

  it('are many, and some are of multi-Region keys', () => {
    expect(rows.length).toBeGreaterThanOrEqual(64)
    expect(rows.filter((row) => row.keyId.startsWith('mrk-')).length).toBeGreaterThanOrEqual(8)
    expect(rows.every((row) => KEY_ID.test(row.keyId))).toBe(true)
  })

  it.each(rows)('of $keyId opens', (row) => {
    expect(readBlob(Buffer.from(row.blob, 'base64'))).toEqual({ materialId: row.materialId })
    expect(keyMaterialId(row.keyId, Buffer.from(row.material, 'hex'))).toBe(row.materialId)
    expect(open(row)).toBe(row.plaintext)
  })

  it.each(rows.filter((row) => row.keyId.startsWith('mrk-')))('of $keyId opens in another Region', (row) => {
    // All that a replica has of the key: its id and its material. Its Region is nowhere among them.
    const replica = {
      id: keyMaterialId(row.keyId, Buffer.from(row.material, 'hex')),
      key: secretKey(Buffer.from(row.material, 'hex')),
    }
    const identity = { partition: row.partition, account: row.account, keyId: row.keyId }
    const opened = openBlob(replica, Buffer.from(row.blob, 'base64'), identity, row.context)
    expect(opened.toString('base64')).toBe(row.plaintext)
  })
})

describe('sealing', () => {
  it('opens again, here and by the drawing alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), contexts, (plaintext, context) => {
        const blob = sealBlob(MATERIAL, plaintext, IDENTITY, context)
        expect(blob.length).toBe(plaintext.length + 110)
        expect(openBlob(MATERIAL, blob, IDENTITY, context)).toEqual(Buffer.from(plaintext))
        expect(plainOpenBlob(RAW, blob, { ...IDENTITY, context })).toEqual(Buffer.from(plaintext))
      }),
      { numRuns: 300 },
    )
  })

  it('never uses a salt or an IV twice', () => {
    const blobs = Array.from({ length: 200 }, () => sealBlob(MATERIAL, PLAINTEXT, IDENTITY, CONTEXT))
    expect(new Set(blobs.map((blob) => blob.toString('hex', 34, 50))).size).toBe(200)
    expect(new Set(blobs.map((blob) => blob.toString('hex', 50, 62))).size).toBe(200)
  })

  it('leaves what it was given as it was', () => {
    const plaintext = Buffer.from(PLAINTEXT)
    sealBlob(MATERIAL, plaintext, IDENTITY, CONTEXT)
    expect(plaintext).toEqual(PLAINTEXT)
  })

  it('makes no blob that Decrypt could not take', () => {
    expect(sealBlob(MATERIAL, Buffer.alloc(6144 - 110), IDENTITY, CONTEXT)).toHaveLength(6144)
    expect(() => sealBlob(MATERIAL, Buffer.alloc(6144 - 109), IDENTITY, CONTEXT)).toThrow(RangeError)
    expect(() => sealBlob({ ...MATERIAL, id: 'abc' }, PLAINTEXT, IDENTITY, CONTEXT)).toThrow(TypeError)
  })
})

describe('the encryption context', () => {
  it('has no order', () => {
    const shuffled = contexts.chain((context) =>
      fc.tuple(
        fc.constant(context),
        fc.shuffledSubarray(Object.entries(context), { minLength: Object.keys(context).length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([context, entries]) => {
        const blob = sealBlob(MATERIAL, PLAINTEXT, IDENTITY, context)
        expect(openBlob(MATERIAL, blob, IDENTITY, Object.fromEntries(entries))).toEqual(PLAINTEXT)
      }),
      { numRuns: 300 },
    )
  })

  it('is none or empty, which is the same', () => {
    expect(openBlob(MATERIAL, sealBlob(MATERIAL, PLAINTEXT, IDENTITY, undefined), IDENTITY, {})).toEqual(
      PLAINTEXT,
    )
    expect(openBlob(MATERIAL, sealBlob(MATERIAL, PLAINTEXT, IDENTITY, {}), IDENTITY, undefined)).toEqual(
      PLAINTEXT,
    )
  })

  it('must be the same, byte for byte', () => {
    fc.assert(
      fc.property(contexts, contexts, (context, other) => {
        fc.pre(
          JSON.stringify(Object.entries(context).sort()) !== JSON.stringify(Object.entries(other).sort()),
        )
        const blob = sealBlob(MATERIAL, PLAINTEXT, IDENTITY, context)
        expect(() => openBlob(MATERIAL, blob, IDENTITY, other)).toThrow(refusal)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['none', undefined],
    ['one pair of the two', { tenant: '42' }],
    ['one pair more', { ...CONTEXT, more: '' }],
    ['another value', { ...CONTEXT, tenant: '43' }],
    ['another case', { ...CONTEXT, Tenant: '42' }],
    ['keys and values that trade places', { '42': 'tenant', backup: 'purpose' }],
    ['a boundary that shifts', { tenan: 't42', purpose: 'backup' }],
  ])('refuses %s', (_, context) => {
    const blob = sealBlob(MATERIAL, PLAINTEXT, IDENTITY, CONTEXT)
    expect(() => openBlob(MATERIAL, blob, IDENTITY, context)).toThrow(refusal)
  })

  it('does not normalise Unicode', () => {
    const blob = sealBlob(MATERIAL, PLAINTEXT, IDENTITY, { name: '\u00e9' })
    expect(() => openBlob(MATERIAL, blob, IDENTITY, { name: 'e\u0301' })).toThrow(refusal)
  })
})

describe('what refuses, and always the same way', () => {
  const blob = sealBlob(MATERIAL, PLAINTEXT, IDENTITY, CONTEXT)
  const refused = (use: () => unknown) => {
    try {
      use()
    } catch (error) {
      expect(error).toEqual(refusal)
      expect(error).toMatchObject({
        code: 'InvalidCiphertextException',
        message: '',
        detail: undefined,
        cause: undefined,
      })
      return
    }
    throw new Error('was opened')
  }

  it('any changed byte', () => {
    for (let at = 0; at < blob.length; at++) {
      for (const bit of [0x01, 0x80]) {
        const changed = Buffer.from(blob)
        changed.writeUInt8(changed.readUInt8(at) ^ bit, at)
        refused(() => openBlob(MATERIAL, changed, IDENTITY, CONTEXT))
      }
    }
  })

  it('every way to cut it at either end, and bytes behind it', () => {
    for (let length = 0; length < blob.length; length++) {
      refused(() => openBlob(MATERIAL, blob.subarray(0, length), IDENTITY, CONTEXT))
      refused(() => openBlob(MATERIAL, blob.subarray(blob.length - length), IDENTITY, CONTEXT))
    }
    refused(() => openBlob(MATERIAL, Buffer.concat([blob, Buffer.alloc(1)]), IDENTITY, CONTEXT))
    refused(() => openBlob(MATERIAL, Buffer.concat([blob, Buffer.alloc(7000)]), IDENTITY, CONTEXT))
  })

  it.each([
    ['another partition', { ...IDENTITY, partition: 'aws-cn' }],
    ['another account', { ...IDENTITY, account: '111122223334' }],
    ['another key', { ...IDENTITY, keyId: '97e38309-fc26-4f3e-94f8-0ea762d9f4e8' }],
    [
      'an account that took a digit of the partition',
      { ...IDENTITY, partition: 'aws1', account: '11122223333' },
    ],
  ])('%s', (_, identity) => refused(() => openBlob(MATERIAL, blob, identity, CONTEXT)))

  it.each([
    [
      'other material',
      { id: keyMaterialId(IDENTITY.keyId, Buffer.alloc(32)), key: secretKey(Buffer.alloc(32)) },
    ],
    ['other material under the same id', { id: MATERIAL.id, key: secretKey(Buffer.alloc(32)) }],
    ['the same material under another id', { id: 'ab'.repeat(32), key: MATERIAL.key }],
  ])('%s', (_, material) => refused(() => openBlob(material, blob, IDENTITY, CONTEXT)))
})

it.each([
  ['nothing', Buffer.alloc(0)],
  ['one byte less than an empty blob', Buffer.alloc(109, 1)],
  ['one byte more than Decrypt takes', Buffer.alloc(6145, 1)],
  ['another version', Buffer.concat([Buffer.of(2, 1), Buffer.alloc(200)])],
  ['another suite, as a blob of AWS begins', Buffer.concat([Buffer.of(1, 2, 2, 0), Buffer.alloc(200)])],
])('%s is none of our blobs', (_, bytes) => {
  expect(readBlob(bytes)).toBeUndefined()
})

it('reads a blob that lies inside other bytes', () => {
  const blob = sealBlob(MATERIAL, PLAINTEXT, IDENTITY, CONTEXT)
  const within = new Uint8Array(Buffer.concat([randomBytes(7), blob, randomBytes(5)])).subarray(
    7,
    7 + blob.length,
  )
  expect(readBlob(within)).toEqual({ materialId: MATERIAL.id })
  expect(openBlob(MATERIAL, within, IDENTITY, CONTEXT)).toEqual(PLAINTEXT)
})

describe('a ciphertext that AES-GCM opens under two keys', () => {
  const other = Buffer.alloc(32, 10)
  const header = Buffer.concat([Buffer.of(1, 1), Buffer.from(MATERIAL.id, 'hex'), randomBytes(28)])
  const derivedOf = (raw: Buffer) =>
    plainKbkdf(raw, 'blob/v1', Buffer.concat([header.subarray(34, 50), header.subarray(2, 34)]), 64)
  const [one, two] = [derivedOf(RAW), derivedOf(other)]
  const committed = Buffer.concat([header, one.subarray(32)])
  const iv = committed.subarray(50, 62)
  const aad = Buffer.concat([
    committed,
    plainFields([IDENTITY.partition, IDENTITY.account, IDENTITY.keyId]),
    Buffer.alloc(4),
  ])

  const block = (key: Buffer, input: Buffer) => {
    const cipher = createCipheriv('aes-256-ecb', key.subarray(0, 32), null).setAutoPadding(false)
    return toBlock(cipher.update(input))
  }
  const hashKey = (key: Buffer) => block(key, Buffer.alloc(16))
  const mask = (key: Buffer) => block(key, Buffer.concat([iv, Buffer.of(0, 0, 0, 1)]))
  const tagOf = (key: Buffer, ciphertext: Buffer) =>
    ghash(hashKey(key), ghashBlocks(aad, ciphertext)) ^ mask(key)

  // The tag is linear in the last block of the ciphertext, which counts for itself times H²: solved for equal
  // tags.
  const square = (key: Buffer) => multiply(hashKey(key), hashKey(key))
  const open = Buffer.concat([Buffer.from('sixteen bytes of'), Buffer.alloc(16)])
  const difference = tagOf(one, open) ^ tagOf(two, open)
  const last = multiply(difference, invert(square(one) ^ square(two)))
  const ciphertext = Buffer.concat([open.subarray(0, 16), fromBlock(last)])
  const tag = fromBlock(tagOf(one, ciphertext))

  it('exists: plain AES-GCM opens it under both', () => {
    for (const key of [one, two]) {
      expect(openGcm(secretKey(key.subarray(0, 32)), { iv, aad }, { ciphertext, tag })).toHaveLength(32)
    }
  })

  it('opens only under the key that the blob is committed to', () => {
    const blob = Buffer.concat([committed, ciphertext, tag])
    expect(openBlob(MATERIAL, blob, IDENTITY, undefined)).toHaveLength(32)
    expect(() => openBlob({ id: MATERIAL.id, key: secretKey(other) }, blob, IDENTITY, undefined)).toThrow(
      refusal,
    )
  })
})

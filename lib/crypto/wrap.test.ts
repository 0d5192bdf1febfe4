import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KeyObject, secretKey } from './secret-key.ts'
import answers from './testdata/wrap-v1.json' with { type: 'json' }
import { domainKeyIdOf, type RecordIdentity, UnwrapError, unwrapRecord, wrapRecord } from './wrap.ts'

const DOMAIN_KEY = { id: '0f0e0d0c-0b0a-4908-8706-050403020100', key: secretKey(Buffer.alloc(32, 5)) }
const SECRET = Buffer.from('thirty-two bytes of key material')
const IDENTITY: RecordIdentity = {
  partition: 'aws',
  account: '111122223333',
  region: 'eu-central-1',
  table: 'key_material',
  id: '97e38309-fc26-4f3e-94f8-0ea762d9f4e9',
  part: 'ab'.repeat(32),
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
}

const finder = (id: string, key: KeyObject) => (wanted: string) => (wanted === id ? key : undefined)
const find = finder(DOMAIN_KEY.id, DOMAIN_KEY.key)
const unwrapped = (record: Uint8Array, identity = IDENTITY) =>
  unwrapRecord(find, record, identity).lend((bytes) => Buffer.from(bytes))

it.each(answers)('opens a record of another implementation: $identity.table $domainKeyId', (answer) => {
  const record = Buffer.from(answer.record, 'base64')
  const key = secretKey(Buffer.from(answer.domainKey, 'hex'))
  expect(domainKeyIdOf(record)).toBe(answer.domainKeyId)
  const opened = unwrapRecord(finder(answer.domainKeyId, key), record, answer.identity)
  expect(opened.lend((bytes) => Buffer.from(bytes).toString('base64'))).toBe(answer.plaintext)
})

it('opens what it wraps, of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (secret) => {
      expect(unwrapped(wrapRecord(DOMAIN_KEY, secret, IDENTITY))).toEqual(Buffer.from(secret))
    }),
  )
})

it('never wraps the same way twice', () => {
  const records = Array.from({ length: 50 }, () => wrapRecord(DOMAIN_KEY, SECRET, IDENTITY).toString('hex'))
  expect(new Set(records.map((record) => record.slice(36, 92))).size).toBe(50)
})

describe('what refuses, and always the same way', () => {
  const record = wrapRecord(DOMAIN_KEY, SECRET, IDENTITY)
  const refused = (use: () => unknown) => expect(use).toThrow(new UnwrapError())

  it('any changed byte', () => {
    for (let at = 0; at < record.length; at++) {
      for (const bit of [0x01, 0x80]) {
        const changed = Buffer.from(record)
        changed.writeUInt8(changed.readUInt8(at) ^ bit, at)
        refused(() => unwrapped(changed))
        // Even where the changed id of the domain key leads to the right key.
        refused(() => unwrapRecord(() => DOMAIN_KEY.key, changed, IDENTITY))
      }
    }
  })

  it('every way to cut it, and bytes behind it', () => {
    for (let length = 0; length < record.length; length++)
      refused(() => unwrapped(record.subarray(0, length)))
    refused(() => unwrapped(Buffer.concat([record, Buffer.alloc(1)])))
  })

  it('a domain key that is not known', () => refused(() => unwrapRecord(() => undefined, record, IDENTITY)))

  it('another domain key under the same id', () => {
    const other = secretKey(Buffer.alloc(32, 6))
    refused(() => unwrapRecord(finder(DOMAIN_KEY.id, other), record, IDENTITY))
  })

  it('any other identity', () => {
    const value = fc.oneof(fc.constant(null), fc.constant(''), fc.string({ maxLength: 8 }))
    const names = Object.keys(IDENTITY) as (keyof RecordIdentity)[]
    const identity = fc.record(
      Object.fromEntries(names.map((name) => [name, value])) as Record<keyof RecordIdentity, typeof value>,
    )
    fc.assert(
      fc.property(identity, fc.constantFrom(...names), value, (of, name, changed) => {
        const sealed = wrapRecord(DOMAIN_KEY, SECRET, of)
        if (of[name] === changed) expect(unwrapped(sealed, of)).toEqual(SECRET)
        else refused(() => unwrapped(sealed, { ...of, [name]: changed }))
      }),
      { numRuns: 10_000 },
    )
  })

  it('values that trade places between any two fields', () => {
    const names = Object.keys(IDENTITY) as (keyof RecordIdentity)[]
    for (const a of names) {
      for (const b of names.filter((name) => name !== a)) {
        refused(() => unwrapped(record, { ...IDENTITY, [a]: IDENTITY[b], [b]: IDENTITY[a] }))
      }
    }
  })

  it('records that trade rows', () => {
    const other = { ...IDENTITY, id: 'c0ffee00-fc26-4f3e-94f8-0ea762d9f4e9' }
    const theirs = wrapRecord(DOMAIN_KEY, SECRET, other)
    expect(unwrapped(theirs, other)).toEqual(SECRET)
    refused(() => unwrapped(theirs, IDENTITY))
    refused(() => unwrapped(record, other))
  })
})

it('takes only a UUID for the id of a domain key', () => {
  for (const id of ['', 'dk-1', DOMAIN_KEY.id.toUpperCase()]) {
    expect(() => wrapRecord({ ...DOMAIN_KEY, id }, SECRET, IDENTITY)).toThrow(TypeError)
  }
})

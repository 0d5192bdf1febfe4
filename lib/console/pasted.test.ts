import { describe, expect, it } from 'vitest'
import { readPasted } from './pasted.ts'

const KEY = '3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8'
const MULTI = 'mrk-1234abcd12ab34cd56ef1234567890ab'
const blob = Buffer.concat([Buffer.from([1, 1]), Buffer.alloc(150, 7)])
const head = blob.subarray(0, 110).toString('base64')

describe('what is pasted', () => {
  it.each([
    ['nothing', '  ', { kind: 'nothing' }],
    ['a key ID', KEY, { kind: 'id', id: KEY }],
    ['a key ID in capitals and quotes', `"${KEY.toUpperCase()}",`, { kind: 'id', id: KEY }],
    ['a multi-Region key ID', MULTI, { kind: 'id', id: MULTI }],
    ['an alias', 'alias/a/b-c_D', { kind: 'alias', name: 'alias/a/b-c_D' }],
    ['an access key ID', 'AKIAIOSFODNN7EXAMPLE', { kind: 'access-key', id: 'AKIAIOSFODNN7EXAMPLE' }],
    ['a ciphertext', blob.toString('base64'), { kind: 'ciphertext', head }],
    ['a ciphertext of a URL', blob.toString('base64url'), { kind: 'ciphertext', head }],
    [
      'a ciphertext over several lines',
      `${blob.toString('base64').slice(0, 76)}\n${blob.toString('base64').slice(76)}\n`,
      { kind: 'ciphertext', head },
    ],
    ['words', ' orders  eu ', { kind: 'words', words: ['orders', 'eu'] }],
    ['a page of text', 'a'.repeat(300), { kind: 'unknown' }],
    ['bytes that are no ciphertext of ours', Buffer.alloc(300, 9).toString('base64'), { kind: 'unknown' }],
  ])('%s', (_, text, read) => {
    expect(readPasted(text)).toEqual(read)
  })

  it('an ARN, with its parts', () => {
    const text = `arn:aws:kms:eu-west-1:111122223333:key/${KEY}`
    expect(readPasted(text)).toMatchObject({
      kind: 'arn',
      text,
      arn: { account: '111122223333', resource: `key/${KEY}` },
    })
  })

  it('of a ciphertext, only what names the key goes on', () => {
    const long = Buffer.concat([blob, Buffer.alloc(4000, 8)])
    expect(readPasted(long.toString('base64'))).toEqual({ kind: 'ciphertext', head })
  })
})

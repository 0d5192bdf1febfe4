import { describe, expect, it } from 'vitest'
import { keyNamedIn } from './key-naming.ts'

const KEY = { id: '12345678-1234-1234-1234-123456789012', aliases: ['alias/pay', 'alias/old/pay'] }
const ARN = `arn:aws:kms:eu-west-1:111122223333:key/${KEY.id}`

const policy = (Resource: unknown, Condition?: object) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource, Condition }] })

describe('a policy names a key', () => {
  it.each<[string, string, string | undefined]>([
    ['by its ARN', policy(ARN), ARN],
    ['among others', policy(['arn:aws:s3:::bucket', ARN]), ARN],
    [
      'in any Region',
      policy(`arn:aws:kms:*:111122223333:key/${KEY.id}`),
      `arn:aws:kms:*:111122223333:key/${KEY.id}`,
    ],
    [
      'by an alias in a condition',
      policy('*', { StringEquals: { 'kms:RequestAlias': 'alias/pay' } }),
      'alias/pay',
    ],
    [
      'by an alias and a star',
      policy('*', { StringLike: { 'kms:RequestAlias': ['alias/pay*'] } }),
      'alias/pay*',
    ],
    [
      'by the ARN of an alias',
      policy('arn:aws:kms:eu-west-1:111122223333:alias/old/pay'),
      'arn:aws:kms:eu-west-1:111122223333:alias/old/pay',
    ],
    ['with its letters written as escapes', policy(ARN).replace('key/1', 'key\\/\\u0031'), ARN],
    [
      'not by another alias that begins alike',
      policy('*', { StringEquals: { 'kms:RequestAlias': 'alias/payments' } }),
      undefined,
    ],
    ['not by a star alone', policy('*'), undefined],
    ['not when it is no JSON', ARN, undefined],
  ])('%s', (_, text, found) => {
    expect(keyNamedIn(text, KEY)).toBe(found)
  })
})

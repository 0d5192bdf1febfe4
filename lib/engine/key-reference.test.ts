import { describe, expect, it } from 'vitest'
import { KmsError } from '#lib/domain/refusal.ts'
import { parseKeyReference } from './key-reference.ts'

const HERE = { partition: 'aws', region: 'eu-west-1', account: '111122223333' }
const ID = '1234abcd-12ab-34cd-56ef-1234567890ab'
const MRK = 'mrk-1234abcd12ab34cd56ef1234567890ab'
const arn = (resource: string, account = HERE.account) => `arn:aws:kms:eu-west-1:${account}:${resource}`

describe('a key reference', () => {
  it.each([
    ['a key id', ID, { kind: 'key', account: HERE.account, id: ID }],
    ['the id of a multi-Region key', MRK, { kind: 'key', account: HERE.account, id: MRK }],
    ['a key ARN', arn(`key/${ID}`), { kind: 'key', account: HERE.account, id: ID }],
    [
      'a key ARN of another account',
      arn(`key/${ID}`, '444455556666'),
      { kind: 'key', account: '444455556666', id: ID },
    ],
    ['an alias name', 'alias/orders', { kind: 'alias', account: HERE.account, name: 'alias/orders' }],
    ['an alias of AWS', 'alias/aws/s3', { kind: 'alias', account: HERE.account, name: 'alias/aws/s3' }],
    ['an alias ARN', arn('alias/a/b'), { kind: 'alias', account: HERE.account, name: 'alias/a/b' }],
    [
      'an alias ARN of another account',
      arn('alias/x', '444455556666'),
      { kind: 'alias', account: '444455556666', name: 'alias/x' },
    ],
  ])('%s is read', (_, text, reference) => {
    expect(parseKeyReference(text, HERE)).toEqual(reference)
  })

  it.each([
    ['a word', 'orders', 'NotFoundException', "Invalid keyId 'orders'"],
    ['a key id in capitals', ID.toUpperCase(), 'NotFoundException', `Invalid keyId '${ID.toUpperCase()}'`],
    ['key/ before an id without an ARN', `key/${ID}`, 'NotFoundException', `Invalid keyId 'key/${ID}'`],
    ['a space behind an id', `${ID} `, 'NotFoundException', `Invalid keyId '${ID} '`],
    ['a line break behind an id', `${ID}\n`, 'NotFoundException', `Invalid keyId '${ID}\n'`],
    ['the ARN of a word', arn('key/orders'), 'NotFoundException', `Invalid keyId '${arn('key/orders')}'`],
    [
      'an ARN of another Region',
      `arn:aws:kms:us-east-1:111122223333:key/${ID}`,
      'NotFoundException',
      'Invalid arn us-east-1',
    ],
    [
      'an ARN of another partition',
      `arn:aws-cn:kms:eu-west-1:111122223333:key/${ID}`,
      'NotFoundException',
      'Invalid arn eu-west-1',
    ],
    [
      'an ARN of another service',
      `arn:aws:s3:eu-west-1:111122223333:key/${ID}`,
      'InvalidArnException',
      'Invalid arn arn:aws:s3',
    ],
    [
      'an ARN of no account',
      `arn:aws:kms:eu-west-1::key/${ID}`,
      'InvalidArnException',
      'Invalid arn arn:aws:kms:eu-west-1::',
    ],
    ['an ARN of nothing', 'arn:aws:kms', 'InvalidArnException', 'Invalid arn arn:aws:kms'],
    ['an ARN of another kind', arn('grant/x'), 'InvalidArnException', 'Invalid arn'],
    ['an ARN of an id without key/', arn(ID), 'InvalidArnException', 'Invalid arn'],
  ])('%s is refused', (_, text, code, message) => {
    const parse = () => parseKeyReference(text, HERE)
    expect(parse).toThrow(KmsError)
    expect(parse).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }))
  })
})

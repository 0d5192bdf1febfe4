import { describe, expect, it } from 'vitest'
import { meaningAt, type PolicyKnowledge, wordsAt } from './policy-words.ts'

const KNOWN: PolicyKnowledge = {
  kind: 'key',
  partition: 'aws',
  account: '111122223333',
  key: { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', multiRegion: false },
  principals: ['arn:aws:iam::111122223333:user/bob'],
  regions: ['eu-west-1'],
}

/** Completion at the bar. */
const at = (marked: string, known = KNOWN) => wordsAt(marked.replace('|', ''), marked.indexOf('|'), known)
const labels = (marked: string, known = KNOWN) => at(marked, known)?.words.map(({ label }) => label) ?? []

describe('what is offered', () => {
  it.each([
    ['as an action, in a list', '{"Statement":[{"Action":["kms:E|"]}]}', 'kms:Encrypt'],
    ['as an action, alone', '{"Statement":[{"Action":"|"}]}', 'kms:Decrypt'],
    ['as a condition key', '{"Statement":[{"Condition":{"StringEquals":{"|":""}}}]}', 'kms:ViaService'],
    ['as an operator', '{"Statement":[{"Condition":{"|":{}}}]}', 'StringEquals'],
    ['as a principal', '{"Statement":[{"Principal":{"AWS":["|"]}}]}', 'arn:aws:iam::111122223333:user/bob'],
    ['as the account', '{"Statement":[{"Principal":{"AWS":"|"}}]}', 'arn:aws:iam::111122223333:root'],
    [
      'as the value of a Region',
      '{"Statement":[{"Condition":{"StringEquals":{"aws:RequestedRegion":"|"}}}]}',
      'eu-west-1',
    ],
    [
      'as a calling service',
      '{"Statement":[{"Condition":{"StringEquals":{"kms:ViaService":["|"]}}}]}',
      's3.eu-west-1.amazonaws.com',
    ],
    ['as a flag', '{"Statement":[{"Condition":{"Bool":{"kms:GrantIsForAWSResource":"|"}}}]}', 'true'],
    ['as an element of a statement', '{"Statement":[{"|":""}]}', 'Condition'],
    ['as a member of the policy', '{"|":""}', 'Statement'],
    ['as an effect', '{"Statement":[{"Effect":"|"}]}', 'Deny'],
  ])('%s', (_, marked, wanted) => {
    expect(labels(marked)).toContain(wanted)
  })

  it('puts actions that never apply to this key after the others', () => {
    const words = at('{"Statement":[{"Action":"|"}]}')?.words ?? []
    expect(words.find(({ label }) => label === 'kms:Sign')).toMatchObject({
      last: true,
      detail: 'never applies',
    })
    expect(words.find(({ label }) => label === 'kms:Decrypt')?.last).toBeUndefined()
  })

  it('replaces what stands between the quotes, and nothing else', () => {
    expect(at('{"Statement":[{"Action":["kms:E|","x"]}]}')).toMatchObject({ from: 26, to: 31, quoted: true })
  })

  it('has no principals in a policy of an identity', () => {
    expect(labels('{"Statement":[{"|":""}]}', { ...KNOWN, kind: 'identity' })).not.toContain('Principal')
  })

  it('has nothing for free text', () => {
    expect(at('{"Statement":[{"Sid":"|"}]}')).toBeUndefined()
  })
})

describe('what a word means', () => {
  it.each([
    ['an action', '{"Statement":[{"Action":"kms:Si|gn"}]}', /Never applies/],
    [
      'a condition key with a name of the user’s',
      '{"Statement":[{"Condition":{"StringEquals":{"kms:EncryptionContext:ten|ant":""}}}]}',
      /CreateGrant/,
    ],
  ])('is told of %s', (_, marked, says) => {
    expect(meaningAt(marked.replace('|', ''), marked.indexOf('|'), KNOWN)?.word.info).toMatch(says)
  })
})

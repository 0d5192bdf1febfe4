import { describe, expect, it } from 'vitest'
import { IAM } from '#lib/aws/services.ts'
import { xmlResult } from '#lib/aws/xml.ts'
import { readXml } from './xml-text.ts'

describe('an answer in XML', () => {
  it.each([
    ['text', { A: '<&>"\'\n' }, { A: '<&>"\'\n' }],
    ['a list of structures', { U: [{ N: 'a' }, { N: 'b' }] }, { U: [{ N: 'a' }, { N: 'b' }] }],
    ['a map', { S: new Map([['Users', 5]]) }, { S: { Users: '5' } }],
  ])('is read back as it was written: %s', (_, output, read) => {
    const document = readXml(xmlResult({ namespace: IAM.namespace, operation: 'Op', output }, 'r'))
    expect(document).toMatchObject({ OpResponse: { OpResult: read, ResponseMetadata: { RequestId: 'r' } } })
  })
})

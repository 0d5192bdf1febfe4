import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import type { HashConstructor } from '@smithy/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signRequest } from './signer.ts'

/** The credentials and the moment of AWS's published SigV4 test suite. */
const EXAMPLE = {
  url: 'example.amazonaws.com',
  credentials: { id: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  region: 'us-east-1',
  service: 'service',
  date: new Date('2015-08-30T12:36:00Z'),
}

describe("AWS's published signatures", () => {
  it.each([
    ['get-vanilla', 'GET', {}, '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', 'POST', {}, '', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-x-www-form-urlencoded',
      'POST',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      'Param1=value1',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ] as const)('%s', (_, method, headers, body, signature) => {
    const signed = signRequest({ ...EXAMPLE, method, headers, body })
    expect(signed.authorization).toMatch(new RegExp(`Signature=${signature}$`))
    expect(signed['x-amz-date']).toBe('20150830T123600Z')
  })
})

describe("the official signer's signatures", () => {
  const sha256: HashConstructor = Hash.bind(null, 'sha256') as never
  const text = fc.string({ unit: fc.constantFrom(...'abc XYZ/+=&;:,0'), maxLength: 40 })

  it('are the same as ours for any headers and body', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        fc.string(),
        fc.option(text, { nil: undefined }),
        async (target, type, body, token) => {
          const sessionToken =
            token === undefined || token.trim() === '' ? {} : { sessionToken: token.trim() }
          const official = new SignatureV4({
            service: 'kms',
            region: 'eu-west-1',
            sha256,
            applyChecksum: false,
            credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', ...sessionToken },
          })
          const headers = { 'x-amz-target': `t ${target}`, 'content-type': `t ${type}` }
          const date = new Date('2026-01-02T03:04:05Z')
          const theirs = await official.sign(
            {
              method: 'POST',
              protocol: 'http:',
              hostname: 'kms.example',
              path: '/',
              query: {},
              headers: { ...headers, host: 'kms.example' },
              body,
            },
            { signingDate: date },
          )
          const ours = signRequest({
            method: 'POST',
            url: 'http://kms.example/',
            headers,
            body,
            date,
            region: 'eu-west-1',
            service: 'kms',
            credentials: { id: 'AKIDEXAMPLE', secret: 'secret', ...sessionToken },
          })
          expect(ours.authorization).toBe(theirs.headers.authorization)
        },
      ),
      { numRuns: 300 },
    )
  })
})

/** Requests as bytes, ready to be sent: signed as the SDK signs them, several hundred different ones of each kind. */

import { signRequest } from '#lib/aws/signer.ts'
import { sha256Hex } from '#lib/crypto/digest.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import { ACCESS_KEY, REGION } from '#lib/testing/installation.ts'

export type OperationName =
  | 'CreateKey'
  | 'CreateAlias'
  | 'CreateGrant'
  | 'Encrypt'
  | 'Decrypt'
  | 'GenerateDataKey'
  | 'GenerateMac'
  | 'Sign'
  | 'DescribeKey'

/** One POST, head and body. */
export function signedRequest(port: number, operation: OperationName, input: object): Buffer {
  const body = JSON.stringify(input)
  const host = `127.0.0.1:${port}`
  const headers = signRequest({
    method: 'POST',
    url: host,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
      'x-amz-content-sha256': sha256Hex(body),
      'x-amz-user-agent': 'aws-sdk-js/3.1164.0',
      'user-agent':
        'aws-sdk-js/3.1164.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#24.21.0 api/kms#3.1164.0 m/E,N,e',
      'amz-sdk-invocation-id': uuidv4(),
      'amz-sdk-request': 'attempt=1; max=3',
    },
    body,
    credentials: ACCESS_KEY,
    region: REGION,
    service: 'kms',
    date: new Date(),
  })
  const lines = Object.entries({ host, ...headers, 'content-length': String(Buffer.byteLength(body)) })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.from(`POST / HTTP/1.1\r\n${head}\r\n${body}`)
}

const EncryptionContext = { tenant: 'acme', purpose: 'orders' }

/** What a program encrypts, 32 bytes as a data key has. */
const plaintext = (n: number) => Buffer.from(`order ${String(n).padStart(26, '0')}`).toString('base64')

/** The key of bench/guarded-key.ts. */
export const GUARDED = 'alias/guarded'

export const encryptInput = (n: number, KeyId = 'alias/orders') => ({
  KeyId,
  Plaintext: plaintext(n),
  EncryptionContext,
})
export const macInput = (n: number) => ({
  KeyId: 'alias/mac',
  Message: plaintext(n),
  MacAlgorithm: 'HMAC_SHA_256',
})
/** The keys that sign, by the name they have in the table. */
export const SIGNERS = {
  RSA_2048: { alias: 'alias/rsa', algorithm: 'RSASSA_PKCS1_V1_5_SHA_256' },
  ECC_NIST_P256: { alias: 'alias/p256', algorithm: 'ECDSA_SHA_256' },
  ML_DSA_65: { alias: 'alias/ml-dsa', algorithm: 'ML_DSA_SHAKE_256' },
} as const
export const signInput = (spec: keyof typeof SIGNERS) => (n: number) => ({
  KeyId: SIGNERS[spec].alias,
  Message: plaintext(n),
  SigningAlgorithm: SIGNERS[spec].algorithm,
})
export const describeInput = () => ({ KeyId: 'alias/orders' })
export const decryptInput = (CiphertextBlob: string) => ({ CiphertextBlob, EncryptionContext })
export const dataKeyInput = (n: number) => ({
  KeyId: 'alias/orders',
  KeySpec: 'AES_256',
  EncryptionContext: { ...EncryptionContext, order: String(n) },
})

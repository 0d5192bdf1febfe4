/** Signing keys of AWS Signature Version 4, which are derived for a day, a Region and a service. */
import type { KeyObject } from 'node:crypto'
import { hmacSha256 } from './mac.ts'
import { secretKeyAndWipe } from './secret-key.ts'

const PREFIX = 'AWS4'

/** The key of the secret itself: "AWS4" and its bytes. */
function rootOf(secret: Uint8Array): KeyObject {
  const bytes = Buffer.alloc(PREFIX.length + secret.length)
  bytes.write(PREFIX, 'latin1')
  bytes.set(secret, PREFIX.length)
  return secretKeyAndWipe(bytes)
}

/**
 * HMAC(HMAC(HMAC(HMAC("AWS4" ‖ secret, date), region), service), "aws4_request"); `date` is YYYYMMDD.
 * Four arguments, because they are the four steps.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sigv4SigningKey(
  secret: Uint8Array,
  date: string,
  region: string,
  service: string,
): KeyObject {
  const steps = [date, region, service, 'aws4_request']
  return steps.reduce((key, step) => secretKeyAndWipe(hmacSha256(key, step)), rootOf(secret))
}

/** HMAC-SHA-256 of text as 64 lower-case hex digits: the form of a signature. */
export const hmacHex = (key: KeyObject, text: string): string => hmacSha256(key, text).toString('hex')

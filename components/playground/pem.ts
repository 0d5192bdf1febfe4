/** PEM and DER of public keys, as people paste and store them. */
import { printBytes, type Read, readBytes } from './bytes.ts'

const PEM = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/

/** A SubjectPublicKeyInfo in PEM or in base64 of its DER; or what is wrong with the text. */
export function readPublicKey(text: string): Read {
  const found = PEM.exec(text)
  if (!found && text.includes('-----'))
    return { fault: 'This PEM is not a public key: it begins with -----BEGIN PUBLIC KEY-----.' }
  return readBytes(found?.[1] ?? text, 'base64')
}

/** DER as PEM, with lines of 64 as openssl writes them. */
export function printPem(der: Uint8Array): string {
  const lines = printBytes(der, 'base64')?.match(/.{1,64}/g) ?? []
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n')
}

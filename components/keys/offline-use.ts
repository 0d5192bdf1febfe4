/** What one does with a downloaded public key, as commands of OpenSSL 3.5. */
import type { AsymmetricSpecName, KeyUsageName } from '#lib/domain/key-spec.ts'

export type OfflineUse = { readonly title: string; readonly code: string; readonly note?: string }

/** Base64 of a DER SubjectPublicKeyInfo as PEM (RFC 7468). */
export const pemOf = (base64: string): string =>
  `-----BEGIN PUBLIC KEY-----\n${base64.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END PUBLIC KEY-----\n`

const FILES = 'message.bin is what was signed, signature.bin the signature as raw bytes, not base64.'

const verify = (code: string, note = FILES): OfflineUse => ({ title: 'Verify offline', code, note })

function verification(spec: AsymmetricSpecName): OfflineUse {
  if (spec.startsWith('RSA_'))
    return verify(
      [
        '# RSASSA_PKCS1_V1_5_SHA_256',
        'openssl dgst -sha256 -verify public.pem -signature signature.bin message.bin',
        '',
        '# RSASSA_PSS_SHA_256',
        'openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest \\',
        '  -verify public.pem -signature signature.bin message.bin',
      ].join('\n'),
    )
  if (spec === 'ECC_NIST_EDWARDS25519' || spec.startsWith('ML_DSA_'))
    return verify(
      'openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in message.bin -sigfile signature.bin',
      spec.startsWith('ML_DSA_') ? `${FILES} ML-DSA needs OpenSSL 3.5.` : FILES,
    )
  if (spec === 'SM2')
    return verify(
      'openssl dgst -sm3 -sigopt distid:1234567812345678 -verify public.pem -signature signature.bin message.bin',
    )
  const hash = { ECC_NIST_P384: 'sha384', ECC_NIST_P521: 'sha512' }[spec as string] ?? 'sha256'
  return verify(`openssl dgst -${hash} -verify public.pem -signature signature.bin message.bin`)
}

const ENCRYPTION: OfflineUse = {
  title: 'Encrypt offline',
  code: [
    '# RSAES_OAEP_SHA_256',
    'openssl pkeyutl -encrypt -pubin -inkey public.pem -in plaintext.bin -out ciphertext.bin \\',
    '  -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256',
  ].join('\n'),
  note: 'Decrypt it here with the same algorithm. Such a ciphertext does not name its key: keep the key’s id with it.',
}

const AGREEMENT: OfflineUse = {
  title: 'Derive the same secret offline',
  code: 'openssl pkeyutl -derive -inkey your-private.pem -peerkey public.pem -out secret.bin',
  note: 'Your own public key goes to DeriveSharedSecret; both sides then hold the same bytes. Hash them before use.',
}

const ENCAPSULATION: OfflineUse = {
  title: 'Encapsulate offline',
  code: 'openssl pkeyutl -encap -pubin -inkey public.pem -secret secret.bin -out ciphertext.bin',
  note: 'ML-KEM needs OpenSSL 3.5. Decapsulate ciphertext.bin here to get the same secret.',
}

function commandsFor(spec: AsymmetricSpecName, usage: KeyUsageName): OfflineUse | undefined {
  if (usage === 'SIGN_VERIFY') return verification(spec)
  if (usage === 'KEY_AGREEMENT') return AGREEMENT
  if (usage === 'ENCAPSULATE_DECAPSULATE') return ENCAPSULATION
  return spec === 'SM2' ? undefined : ENCRYPTION
}

type Kind = { readonly spec: AsymmetricSpecName; readonly usage: KeyUsageName }

/** The commands that fit a key, with the name of its downloaded file; undefined where OpenSSL has none. */
export function offlineUse({ spec, usage }: Kind, file: string): OfflineUse | undefined {
  const use = commandsFor(spec, usage)
  return use && { ...use, code: use.code.replaceAll('public.pem', file) }
}

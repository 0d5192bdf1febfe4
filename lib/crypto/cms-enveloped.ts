/**
 * The answer for an attested recipient: CMS EnvelopedData (RFC 5652 §6) for one RSA key, as AWS KMS writes it. Only the
 * key is authenticated by being secret; CBC itself authenticates nothing, which is AWS's choice and the format's.
 *
 *   30 80 ContentInfo         { OID envelopedData,
 *   a0 80                       [0] {
 *   30 80 EnvelopedData           { 2,
 *   31 …  recipients                SET { SEQUENCE { 2, [0] key id 32,
 *                                                    { OID rsaesOaep, { [0] { SHA-256 }, [1] { MGF1 { SHA-256 } } } },
 *                                                    OCTET STRING { the content key, encrypted } } },
 *   30 80 EncryptedContentInfo      { OID data, { OID aes256-CBC, OCTET STRING { iv 16 } },
 *   a0 80                             [0] { OCTET STRING { ciphertext } } } } } }
 *
 * Lengths that AWS leaves indefinite (80 … 00 00) are indefinite here too: AWS's own reader takes no others there.
 * https://github.com/aws/aws-nitro-enclaves-sdk-c/blob/main/source/cms.c (versions, subjectKeyIdentifier, BER)
 */
import { constants, createCipheriv, type KeyObject, publicEncrypt } from 'node:crypto'
import { berIndefinite, contextTag, der, oid, TAG } from './der.ts'
import { sha256 } from './digest.ts'
import { randomBytes } from './random.ts'

const ENVELOPED_DATA = oid('1.2.840.113549.1.7.3')
const DATA = oid('1.2.840.113549.1.7.1')
const AES_256_CBC = oid('2.16.840.1.101.3.4.1.42')
/** Version 2: the recipient is named by its key, not by a certificate (RFC 5652 §6.2.1). */
const VERSION_2 = der(TAG.integer, Uint8Array.of(2))

const SHA_256 = der(TAG.sequence, oid('2.16.840.1.101.3.4.2.1'), der(TAG.null))
const MGF1_SHA_256 = der(TAG.sequence, oid('1.2.840.113549.1.1.8'), SHA_256)
/** RFC 4055 §4.1. */
const RSAES_OAEP_SHA_256 = der(
  TAG.sequence,
  oid('1.2.840.113549.1.1.7'),
  der(TAG.sequence, der(contextTag(0), SHA_256), der(contextTag(1), MGF1_SHA_256)),
)

const CONTENT_KEY_BYTES = 32
const IV_BYTES = 16

/** 32 bytes, as AWS's are; which digest AWS takes it does not say: here RFC 7093 §2, method 4. */
const keyIdentifier = (key: KeyObject): Buffer => sha256(key.export({ format: 'der', type: 'spki' }))

function recipientInfo(publicKey: KeyObject, contentKey: Uint8Array): Buffer {
  const how = { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
  return der(
    TAG.sequence,
    VERSION_2,
    der(contextTag(0, 'primitive'), keyIdentifier(publicKey)),
    RSAES_OAEP_SHA_256,
    der(TAG.octetString, publicEncrypt(how, contentKey)),
  )
}

function encryptedContent(contentKey: Uint8Array, plaintext: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-cbc', contentKey, iv)
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return berIndefinite(
    TAG.sequence,
    DATA,
    der(TAG.sequence, AES_256_CBC, der(TAG.octetString, iv)),
    berIndefinite(contextTag(0), der(TAG.octetString, ciphertext)),
  )
}

/**
 * Seals bytes so that only the holder of the RSA private key reads them; BER. The caller wipes the plaintext.
 * An RSA public operation takes a fifth of a millisecond, so it needs no thread.
 */
export function sealForRecipient(publicKey: KeyObject, plaintext: Uint8Array): Buffer {
  const contentKey = randomBytes(CONTENT_KEY_BYTES)
  try {
    const enveloped = berIndefinite(
      TAG.sequence,
      VERSION_2,
      der(TAG.set, recipientInfo(publicKey, contentKey)),
      encryptedContent(contentKey, plaintext),
    )
    return berIndefinite(TAG.sequence, ENVELOPED_DATA, berIndefinite(contextTag(0), enveloped))
  } finally {
    contentKey.fill(0)
  }
}

/**
 * Which message types a signing algorithm takes, and how many bytes each must have (facts §5.4).
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html (MessageType)
 */
import type { MessageType, SigningAlgorithmName } from './key-spec.ts'

/** What a message of one type must be: any bytes, or exactly that many. A type that is missing is refused. */
type Rule = 'any' | number
type Rules = Readonly<Partial<Record<MessageType, Rule>>>

const hashed = (digest: 32 | 48 | 64): Rules => ({ RAW: 'any', DIGEST: digest })

export const MESSAGE_RULES: Readonly<Record<SigningAlgorithmName, Rules>> = {
  RSASSA_PSS_SHA_256: hashed(32),
  RSASSA_PSS_SHA_384: hashed(48),
  RSASSA_PSS_SHA_512: hashed(64),
  RSASSA_PKCS1_V1_5_SHA_256: hashed(32),
  RSASSA_PKCS1_V1_5_SHA_384: hashed(48),
  RSASSA_PKCS1_V1_5_SHA_512: hashed(64),
  ECDSA_SHA_256: hashed(32),
  ECDSA_SHA_384: hashed(48),
  ECDSA_SHA_512: hashed(64),
  // The digest is SM3 of Z and the message.
  SM2DSA: hashed(32),
  ML_DSA_SHAKE_256: { RAW: 'any', EXTERNAL_MU: 64 },
  ED25519_SHA_512: { RAW: 'any' },
  // The prehash is made here of whatever is given, so a digest is hashed twice.
  ED25519_PH_SHA_512: { DIGEST: 64 },
}

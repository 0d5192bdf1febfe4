/** What signing takes, by algorithm: which types of message, and which digests this browser can make. */
import { formatBytes, formatNumber } from '#lib/console/format.ts'
import {
  KEY_SPECS,
  MESSAGE_TYPES,
  type MessageType,
  SIGNING_ALGORITHMS,
  type SigningAlgorithmName,
} from '#lib/domain/key-spec.ts'
import { MESSAGE_RULES } from '#lib/domain/message-types.ts'
import type { Limits } from './data.ts'
import type { KeyNature } from './played.ts'

/** "Messages can be 0-4096 bytes." — API_Sign, Message */
export const MOST_MESSAGE = 4096

export const signingAlgorithms = (nature: KeyNature | undefined): readonly SigningAlgorithmName[] =>
  nature?.usage === 'SIGN_VERIFY' ? KEY_SPECS[nature.spec].signing : SIGNING_ALGORITHMS

export const messageTypes = (algorithm: SigningAlgorithmName): readonly MessageType[] =>
  MESSAGE_TYPES.filter((type) => MESSAGE_RULES[algorithm][type] !== undefined)

export const TYPE_WORDS: Readonly<Record<MessageType, { label: string; help: string }>> = {
  RAW: { label: 'Message', help: 'Up to 4,096 bytes. KMS hashes it.' },
  DIGEST: { label: 'Digest', help: 'You hash the message, of any size, and send the hash.' },
  EXTERNAL_MU: { label: 'External mu', help: 'The 64-byte μ of ML-DSA, computed by you (FIPS 204).' },
}

export function messageLimits(algorithm: SigningAlgorithmName, type: MessageType): Limits {
  const rule = MESSAGE_RULES[algorithm][type]
  if (typeof rule === 'number')
    return {
      most: rule,
      exactly: true,
      tooMany: (bytes) =>
        `This is ${formatBytes(bytes)}; ${algorithm} takes exactly ${formatNumber(rule)} here.`,
    }
  return {
    most: MOST_MESSAGE,
    tooMany: (bytes) =>
      `The message is ${formatBytes(bytes)}; at most 4,096 can be sent. Sign its digest instead.`,
  }
}

/** The digest that the algorithm is over, where browsers have it: SM3 and SHAKE they have not. */
export function browserDigest(
  algorithm: SigningAlgorithmName,
): 'SHA-256' | 'SHA-384' | 'SHA-512' | undefined {
  if (algorithm === 'SM2DSA' || algorithm === 'ML_DSA_SHAKE_256') return undefined
  if (algorithm.endsWith('256')) return 'SHA-256'
  return algorithm.endsWith('384') ? 'SHA-384' : 'SHA-512'
}

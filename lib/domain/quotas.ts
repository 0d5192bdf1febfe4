/**
 * AWS's request quotas: which group a call counts in, and how many a second an account may make of it in a Region
 * (facts §15). Data; counting is lib/engine/throttle.ts.
 * https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 */
import { DATA_KEY_PAIR_SPECS } from './data-key-spec.ts'

/** Customer managed keys of an account in a Region, in any state (facts §15). */
export const MOST_KEYS = 100_000

const SYMMETRIC = 10_000
const SYMMETRIC_IN: Readonly<Record<string, number>> = {
  'us-east-2': 20_000,
  'ap-southeast-1': 20_000,
  'ap-southeast-2': 20_000,
  'ap-northeast-1': 20_000,
  'eu-central-1': 20_000,
  'eu-west-2': 20_000,
  'us-east-1': 100_000,
  'us-west-2': 100_000,
  'eu-west-1': 100_000,
}

/** Shared by all operations of a kind of cryptography. ML_KEM has no published value: like the other families. */
const SHARED = { RSA: 1000, ECC: 1000, ML_DSA: 1000, ML_KEM: 1000 } as const

/** Pairs cost what they cost to make: by spec, shared by both operations. ECC is per curve. */
const PAIRS: Readonly<Record<string, number>> = {
  RSA_2048: 20,
  RSA_3072: 4,
  RSA_4096: 1,
  SM2: 25,
}
const OTHER_PAIRS = 100

/** Each operation by itself. */
const SINGLE: Readonly<Record<string, number>> = {
  DescribeKey: 2000,
  GetPublicKey: 2000,
  ListResourceTags: 2000,
  GetKeyPolicy: 1000,
  GetKeyRotationStatus: 1000,
  ListKeys: 500,
  ListAliases: 500,
  ListGrants: 100,
  ListRetirableGrants: 100,
  ListKeyPolicies: 100,
  ListKeyRotations: 100,
  CreateGrant: 50,
  RetireGrant: 50,
  RevokeGrant: 50,
  PutKeyPolicy: 15,
  EnableKeyRotation: 15,
  ScheduleKeyDeletion: 15,
  DeleteAlias: 15,
  ImportKeyMaterial: 15,
  DeleteImportedKeyMaterial: 15,
  TagResource: 10,
  GetParametersForImport: 1,
}
const OTHER_MANAGEMENT = 5

const CRYPTOGRAPHY = new Set([
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'GenerateRandom',
  'ReEncrypt',
  'Sign',
  'Verify',
  'DeriveSharedSecret',
  'Encapsulate',
  'Decapsulate',
])

/** The family that an algorithm belongs to; undefined for symmetric and HMAC ones. */
function familyOf(algorithm: string): keyof typeof SHARED | undefined {
  if (algorithm.startsWith('RSA')) return 'RSA'
  if (algorithm.startsWith('ML_DSA')) return 'ML_DSA'
  if (algorithm.startsWith('ML_KEM')) return 'ML_KEM'
  return /^(ECD|ED25519|SM2)/.test(algorithm) ? 'ECC' : undefined
}

const ALGORITHM_MEMBERS = [
  'SigningAlgorithm',
  'EncryptionAlgorithm',
  'SourceEncryptionAlgorithm',
  'DestinationEncryptionAlgorithm',
  'KeyAgreementAlgorithm',
  'EncapsulationAlgorithm',
] as const

const textOf = (input: unknown, member: string): string => {
  const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, member) : undefined
  return typeof value === 'string' ? value : ''
}

export type RequestQuota = {
  /** What counts together. */
  readonly group: string
  readonly perSecond: number
}

/**
 * The group that a KMS call counts in. AWS throttles before it reads the request (facts §2.1), so the key is not known:
 * its family is told by the algorithm that the request names. `input` is as it came, and may be anything.
 */
export function requestQuota(operation: string, input: unknown, region: string): RequestQuota {
  if (operation.startsWith('GenerateDataKeyPair')) {
    const asked = textOf(input, 'KeyPairSpec')
    // What is no spec is refused next; it must not make a group of its own.
    const spec = DATA_KEY_PAIR_SPECS.find((known) => known === asked) ?? 'no spec'
    return { group: `pair ${spec}`, perSecond: PAIRS[spec] ?? OTHER_PAIRS }
  }
  if (CRYPTOGRAPHY.has(operation)) {
    const family = ALGORITHM_MEMBERS.map((member) => familyOf(textOf(input, member))).find(Boolean)
    if (family) return { group: family, perSecond: SHARED[family] }
    return { group: 'symmetric', perSecond: SYMMETRIC_IN[region] ?? SYMMETRIC }
  }
  return { group: operation, perSecond: SINGLE[operation] ?? OTHER_MANAGEMENT }
}

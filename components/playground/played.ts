/** The operations of the playground: what they are called, what key each is for, and in what order one meets them. */
import type { OutputOf } from '#lib/console/operations.ts'
import type { PlaygroundOperation } from '#lib/console/paths.ts'
import type { KeySpecName, KeyUsageName } from '#lib/domain/key-spec.ts'

/** The calls that the playground makes. */
export const PLAYED = [
  'Encrypt',
  'Decrypt',
  'ReEncrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'Sign',
  'Verify',
  'GenerateMac',
  'VerifyMac',
  'DeriveSharedSecret',
  'Encapsulate',
  'Decapsulate',
  'GenerateRandom',
] as const
export type Played = (typeof PLAYED)[number]

type Bench = {
  readonly label: string
  /** Undefined for what needs no key. */
  readonly usage?: KeyUsageName
  /** Data keys are sealed by symmetric keys only. */
  readonly symmetric?: true
}

export const BENCHES: Readonly<Record<PlaygroundOperation, Bench>> = {
  encrypt: { label: 'Encrypt', usage: 'ENCRYPT_DECRYPT' },
  decrypt: { label: 'Decrypt', usage: 'ENCRYPT_DECRYPT' },
  're-encrypt': { label: 'Re-encrypt', usage: 'ENCRYPT_DECRYPT' },
  'data-key': { label: 'Data key', usage: 'ENCRYPT_DECRYPT', symmetric: true },
  'data-key-pair': { label: 'Data key pair', usage: 'ENCRYPT_DECRYPT', symmetric: true },
  sign: { label: 'Sign', usage: 'SIGN_VERIFY' },
  verify: { label: 'Verify', usage: 'SIGN_VERIFY' },
  mac: { label: 'MAC', usage: 'GENERATE_VERIFY_MAC' },
  'verify-mac': { label: 'Verify MAC', usage: 'GENERATE_VERIFY_MAC' },
  'shared-secret': { label: 'Shared secret', usage: 'KEY_AGREEMENT' },
  encapsulate: { label: 'Encapsulate', usage: 'ENCAPSULATE_DECAPSULATE' },
  decapsulate: { label: 'Decapsulate', usage: 'ENCAPSULATE_DECAPSULATE' },
  random: { label: 'Random' },
}

export const GROUPS: readonly {
  readonly title: string
  readonly operations: readonly PlaygroundOperation[]
}[] = [
  { title: 'Encryption', operations: ['encrypt', 'decrypt', 're-encrypt'] },
  { title: 'Data keys', operations: ['data-key', 'data-key-pair'] },
  { title: 'Signatures', operations: ['sign', 'verify'] },
  { title: 'Message authentication', operations: ['mac', 'verify-mac'] },
  { title: 'Shared secrets', operations: ['shared-secret', 'encapsulate', 'decapsulate'] },
  { title: 'Random bytes', operations: ['random'] },
]

export type KeyNature = { readonly spec: KeySpecName; readonly usage: KeyUsageName }

const NEEDS: Readonly<Record<KeyUsageName, string>> = {
  ENCRYPT_DECRYPT: 'Needs an encryption key',
  SIGN_VERIFY: 'Needs a signing key',
  GENERATE_VERIFY_MAC: 'Needs an HMAC key',
  KEY_AGREEMENT: 'Needs a key agreement key',
  ENCAPSULATE_DECAPSULATE: 'Needs an ML-KEM key',
}

/** Why an operation is not for a key, or undefined where it is. */
export function unfitReason(operation: PlaygroundOperation, key: KeyNature): string | undefined {
  const { usage, symmetric } = BENCHES[operation]
  if (usage !== undefined && key.usage !== usage) return NEEDS[usage]
  if (symmetric && key.spec !== 'SYMMETRIC_DEFAULT') return 'Needs a symmetric key'
  return undefined
}

/** The keys that an operation's picker offers: of its usage, last used first. */
export function keysOf(operation: PlaygroundOperation) {
  const { usage, symmetric } = BENCHES[operation]
  return {
    Filter: [usage && `usage:${usage}`, symmetric && 'spec:SYMMETRIC_DEFAULT'].filter(Boolean).join(' '),
    Sort: 'lastUsed',
    Order: 'descending',
    Limit: 200,
  } as const
}

export type PickedKey = OutputOf<'SearchKeys'>['Keys'][number]

/** The key that was used last and can be used. */
export const usualKey = (keys: readonly PickedKey[]): string =>
  (keys.find((key) => key.state === 'Enabled') ?? keys[0])?.id ?? ''

/** The key that an id, an ARN or an alias names. */
export const pickedBy = (keys: readonly PickedKey[], reference: string): PickedKey | undefined =>
  keys.find(({ id, arn, aliases }) => [id, arn, ...aliases].includes(reference))

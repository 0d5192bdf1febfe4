/** What a key can do and what it never will, in sentences, by its kind. */
import { formatBytes } from '#lib/console/format.ts'
import { isAsymmetric, KEY_SPECS, type KeyUsageName } from '#lib/domain/key-spec.ts'
import { isReplica, type KeyKind } from './key-kind.ts'

export type Abilities = { readonly can: readonly string[]; readonly cannot: readonly string[] }

const symmetric: readonly string[] = [
  'Encrypt and decrypt up to 4,096 bytes',
  'Generate data keys and data key pairs for larger data',
  'Re-encrypt to or from another key, without showing the plaintext',
]

function encryption({ spec }: KeyKind): readonly string[] {
  if (spec === 'SYMMETRIC_DEFAULT') return symmetric
  const limits = Object.entries(KEY_SPECS[spec].maxPlaintext)
  return [
    ...limits.map(([algorithm, bytes]) => `Encrypt up to ${formatBytes(bytes)} with ${algorithm}`),
    'Decrypt here what anyone encrypted with its public key',
    'Re-encrypt to or from another key, without showing the plaintext',
  ]
}

function signing({ spec }: KeyKind): readonly string[] {
  const digests = spec !== 'ECC_NIST_EDWARDS25519' && !spec.startsWith('ML_DSA_')
  return [
    'Sign messages of up to 4,096 bytes',
    ...(digests ? ['Sign the digest of a message of any size'] : []),
    ...(spec === 'ECC_NIST_EDWARDS25519' ? ['Sign a SHA-512 digest, with ED25519_PH_SHA_512'] : []),
    ...(spec.startsWith('ML_DSA_') ? ['Sign a μ made outside from a message of any size (EXTERNAL_MU)'] : []),
    'Verify here, with a record in the log, or outside with its public key',
  ]
}

const USES: Record<KeyUsageName, (kind: KeyKind) => readonly string[]> = {
  ENCRYPT_DECRYPT: encryption,
  SIGN_VERIFY: signing,
  GENERATE_VERIFY_MAC: () => [
    'Generate a MAC over up to 4,096 bytes',
    'Verify a MAC without giving the key to whoever asks',
  ],
  KEY_AGREEMENT: () => ['Derive a shared secret with the public key of someone else'],
  ENCAPSULATE_DECAPSULATE: () => [
    'Make a shared secret and its encapsulation',
    'Open an encapsulation that anyone made with its public key',
  ],
}

const OTHER_USE: Record<KeyUsageName, string> = {
  ENCRYPT_DECRYPT: 'Sign, verify, or make MACs',
  SIGN_VERIFY: 'Encrypt or decrypt',
  GENERATE_VERIFY_MAC: 'Encrypt, decrypt or sign',
  KEY_AGREEMENT: 'Encrypt, decrypt or sign',
  ENCAPSULATE_DECAPSULATE: 'Encrypt, decrypt or sign',
}

/** Rotation is for symmetric keys alone; where their material comes from decides how (facts §10). */
function rotation(kind: KeyKind): { can?: string; cannot?: string } {
  if (kind.spec !== 'SYMMETRIC_DEFAULT')
    return { cannot: 'Rotate: to change it, make a new key and repoint its alias' }
  if (kind.managed) return { can: 'Rotate every year, by its service' }
  if (isReplica(kind)) return { can: `Rotate together with its primary, in ${kind.primaryRegion}` }
  return kind.origin === 'EXTERNAL'
    ? {
        can: 'Rotate on demand, to further material that you import',
        cannot: 'Rotate by schedule: its material comes from you',
      }
    : { can: 'Rotate, by schedule and on demand' }
}

/** @returns lists of short sentences, in the order in which they matter. */
export function abilitiesOf(kind: KeyKind): Abilities {
  const { can, cannot } = rotation(kind)
  const asymmetric = isAsymmetric(kind.spec)
  return {
    can: [
      ...USES[kind.usage](kind),
      ...(asymmetric ? ['Give its public key to whoever may read it'] : []),
      ...(kind.primaryRegion ? ['Work with the same material in each of its Regions'] : []),
      ...(can ? [can] : []),
    ],
    cannot: [
      OTHER_USE[kind.usage],
      asymmetric ? 'Give its private key to anyone' : 'Give its key material to anyone',
      ...(kind.spec === 'SYMMETRIC_DEFAULT' ? ['Decrypt outside this server'] : []),
      ...(kind.primaryRegion ? [] : ['Be used in, or copied to, another Region']),
      ...(cannot ? [cannot] : []),
      'Change its spec, usage, origin or Regionality later',
    ],
  }
}

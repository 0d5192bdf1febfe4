/** The columns of the access matrix: what a key of its kind can be asked for, by part (console 3.13). */
import type { AccessColumn } from './access.ts'
import type { KeyUsageName } from './key-spec.ts'

/** As much of a key as says what can be done with it. */
export type KeyKind = { readonly usage: KeyUsageName; readonly spec: string; readonly origin: string }

const USE: Readonly<Record<KeyUsageName, readonly string[]>> = {
  ENCRYPT_DECRYPT: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'],
  SIGN_VERIFY: ['Sign', 'Verify'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'Decapsulate'],
}

/** DisableKey stands for EnableKey too, TagResource for UntagResource, and so on: who may one may the other. */
const MANAGE = ['DisableKey', 'CreateAlias', 'TagResource']
const CONTROL = ['PutKeyPolicy', 'CreateGrant', 'ScheduleKeyDeletion']

const isSymmetric = ({ spec }: KeyKind) => spec === 'SYMMETRIC_DEFAULT'

function manageOf(key: KeyKind): string[] {
  if (key.origin === 'EXTERNAL') return [...MANAGE, 'ImportKeyMaterial']
  return isSymmetric(key) ? [...MANAGE, 'RotateKeyOnDemand'] : MANAGE
}

const useOf = (key: KeyKind) =>
  USE[key.usage].filter((action) => action !== 'GenerateDataKey' || isSymmetric(key))

/** The columns of a key, in the order they are shown. */
export const accessColumns = (key: KeyKind): AccessColumn[] => [
  ...useOf(key).map((Action) => ({ Action, Part: 'use' }) as const),
  ...manageOf(key).map((Action) => ({ Action, Part: 'manage' }) as const),
  ...CONTROL.map((Action) => ({ Action, Part: 'control' }) as const),
]

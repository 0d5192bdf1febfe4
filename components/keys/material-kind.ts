/** Which of the ways a key has with its material: who makes it, whether it changes, and where that is decided. */
import type { KeyMetadata } from '#lib/console/outputs.ts'
import { KEY_SPECS, type KeyClass } from '#lib/domain/key-spec.ts'

/**
 * - own: made here, rotates on a schedule and on demand
 * - replica: the same as its primary's, which keeps the schedule
 * - managed: AWS's own service keys, rotated every year
 * - imported: brought by someone; a new one is brought before it rotates
 * - fixed: asymmetric and HMAC keys have one material for good
 * - imported-fixed: that one material, brought by someone
 */
export type MaterialKind = 'own' | 'replica' | 'managed' | 'imported' | 'fixed' | 'imported-fixed'

type Described = Pick<KeyMetadata, 'KeySpec' | 'Origin' | 'KeyManager' | 'MultiRegionConfiguration'>

export const isReplica = ({ MultiRegionConfiguration }: Pick<KeyMetadata, 'MultiRegionConfiguration'>) =>
  MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA'

export function materialKind(key: Described): MaterialKind {
  const imported = key.Origin === 'EXTERNAL'
  if (key.KeySpec !== 'SYMMETRIC_DEFAULT') return imported ? 'imported-fixed' : 'fixed'
  if (imported) return 'imported'
  if (key.KeyManager === 'AWS') return 'managed'
  return isReplica(key) ? 'replica' : 'own'
}

/** How such keys are called in sentences: "An asymmetric key …". */
export const classWords = (spec: KeyMetadata['KeySpec']): string => {
  const words: Record<KeyClass, string> = {
    symmetric: 'A symmetric key',
    asymmetric: 'An asymmetric key',
    hmac: 'An HMAC key',
  }
  return words[KEY_SPECS[spec].class]
}

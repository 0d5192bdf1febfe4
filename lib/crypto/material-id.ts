/** KeyMaterialId: names key material by what it is, the same in every Region (architecture §4). */
import { createHash } from 'node:crypto'
import { KEY_ID } from '#lib/domain/arn.ts'
import { LABELS } from './labels.ts'

/**
 * SHA-256("keyhouse/material/v1" ‖ key id ‖ material) as 64 hex digits. Throws TypeError for what is no key
 * id: every key id has 36 characters, which is why the parts cannot shift into each other.
 */
export function keyMaterialId(keyId: string, material: Uint8Array): string {
  if (!KEY_ID.test(keyId)) throw new TypeError('not a key id')
  return createHash('sha256').update(LABELS.materialId).update(keyId).update(material).digest('hex')
}

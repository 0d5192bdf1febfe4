/**
 * What the event of a rotation says beside its key. rotationType is AWS's; the materials are ours, by their AWS names.
 * https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html
 */
import type { KeyRow } from '#lib/store/keys.ts'

export const rotationDetails = (
  { currentMaterialId }: Pick<KeyRow, 'currentMaterialId'>,
  next: { readonly id: string; readonly rotationType: 'AUTOMATIC' | 'ON_DEMAND' },
) => ({
  rotationType: next.rotationType,
  previousKeyMaterialId: currentMaterialId,
  currentKeyMaterialId: next.id,
})

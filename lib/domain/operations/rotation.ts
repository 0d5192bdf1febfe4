/** Inputs of the rotation operations. */
import { integer, oneOf, structure } from '../constraints.ts'
import { keyId, limit, marker } from './members.ts'

export const EnableKeyRotationInput = structure({
  KeyId: keyId(),
  RotationPeriodInDays: integer(90, 2560).optional(),
})
export const ListKeyRotationsInput = structure({
  KeyId: keyId(),
  IncludeKeyMaterial: oneOf(['ALL_KEY_MATERIAL', 'ROTATIONS_ONLY']).optional(),
  Limit: limit(1000),
  Marker: marker(),
})

/** Which keys rotate: asked before a key's state is (facts §4, codes 6 and 7; §10). */
import { KmsError } from '#lib/domain/refusal.ts'
import { isReplica } from '#lib/engine/material-deletion.ts'
import type { KeySnapshot } from '#lib/store/keys.ts'
import { originRefusal } from './imported-kinds.ts'

type Asked = { readonly arn: string; readonly row: KeySnapshot }
type Kind = (key: Asked) => KmsError | undefined

/** AWS says nothing more to a key that is not a symmetric one. */
const isSymmetric: Kind = ({ row }) =>
  row.spec === 'SYMMETRIC_DEFAULT' ? undefined : new KmsError('UnsupportedOperationException')

/** A family rotates where its primary is. */
const leadsFamily: Kind = (key) =>
  isReplica(key)
    ? new KmsError(
        'UnsupportedOperationException',
        `${key.arn} is a multi-Region replica key. This operation is valid for its primary key only.`,
      )
    : undefined

const ownMaterial: Kind = (key) => (key.row.origin === 'AWS_KMS' ? undefined : originRefusal(key))

/** The first of some rules that refuses a key. */
const all =
  (...kinds: readonly Kind[]): Kind =>
  (key) => {
    for (const kind of kinds) {
      const refusal = kind(key)
      if (refusal) return refusal
    }
    return undefined
  }

/** EnableKeyRotation, DisableKeyRotation: material that is made here, and the primary of a family. */
export const rotatesByItself = all(ownMaterial, isSymmetric, leadsFamily)
/** RotateKeyOnDemand: material from outside, too. */
export const rotatesOnDemand = all(isSymmetric, leadsFamily)
/** ListKeyRotations. */
export const hasRotations = isSymmetric
/** GetKeyRotationStatus answers for every key whose material is made here: that others never rotate is an answer. */
export const hasRotationStatus = ownMaterial

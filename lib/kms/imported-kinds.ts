/** Which keys take material from outside: those that were made for it (facts §4, code 9). */
import { KmsError } from '#lib/domain/refusal.ts'
import type { KeySnapshot } from '#lib/store/keys.ts'

type Asked = { readonly arn: string; readonly row: KeySnapshot }

/** AWS's words for a key whose origin does not suit an operation. */
export const originRefusal = ({ arn, row }: Asked) =>
  new KmsError(
    'UnsupportedOperationException',
    `${arn} origin is ${row.origin} which is not valid for this operation.`,
  )

/** Asked before the state: a key of another origin never takes material, whatever its state. */
export const takesMaterial = (key: Asked): KmsError | undefined =>
  key.row.origin === 'EXTERNAL' ? undefined : originRefusal(key)

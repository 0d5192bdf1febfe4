/** Keys of an SDK world, each of the kind that an operation wants, with what the operation needs beside it. */
import { randomBytes } from 'node:crypto'
import { wrapMaterial } from '#lib/crypto/import-wrapping.ts'
import {
  creationOf,
  EXAMPLES,
  type KmsName,
  kindFor,
  madeBy,
  SYMMETRIC,
  type Things,
} from './kms-examples.ts'
import type { SdkWorld } from './sdk-world.ts'
import { ACCOUNT, type Answer, REGION } from './world.ts'

export const ADMIN = `arn:aws:iam::${ACCOUNT}:user/admin`

/** A new key's id. */
export const create = async ({ send }: SdkWorld, input: object = {}): Promise<string> =>
  (await send('CreateKey', input)).KeyMetadata.KeyId

/** Imports random material. */
export async function bring({ send }: SdkWorld, KeyId: string, terms: object): Promise<Answer> {
  const wrapping = { wrappingAlgorithm: 'RSAES_OAEP_SHA_256', wrappingKeySpec: 'RSA_2048' } as const
  const { ImportToken, PublicKey } = await send('GetParametersForImport', {
    KeyId,
    WrappingAlgorithm: wrapping.wrappingAlgorithm,
    WrappingKeySpec: wrapping.wrappingKeySpec,
  })
  const EncryptedKeyMaterial = await wrapMaterial({
    publicKey: PublicKey,
    material: randomBytes(32),
    ...wrapping,
  })
  return send('ImportKeyMaterial', { KeyId, ImportToken, EncryptedKeyMaterial, ...terms })
}

/** A key that suits an operation, with what the operation needs beside it. */
export async function thingsFor(aws: SdkWorld, operation: KmsName): Promise<Things> {
  const { send } = aws
  const kind = kindFor(operation)
  const { KeyId, Arn: arn } = (await send('CreateKey', creationOf(kind))).KeyMetadata
  const other = kind === SYMMETRIC ? KeyId : await create(aws)
  const alias = `alias/${KeyId}`
  await send('CreateAlias', { AliasName: alias, TargetKeyId: KeyId })
  if (kind.origin === 'EXTERNAL') await bring(aws, KeyId, { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' })
  const base = { kind, region: REGION, arn, KeyId, alias, other, grant: '' }
  const made = await madeBy(send, base)
  const GrantInput = { ...EXAMPLES.CreateGrant({ ...base, made }), RetiringPrincipal: ADMIN }
  const { GrantId: grant } = await send('CreateGrant', GrantInput)
  return { ...base, made, grant }
}

/** What each kind of sealed record is bound to, so that a row moved elsewhere no longer opens (R13, R79). */
import type { RecordIdentity } from '#lib/crypto/wrap.ts'
import { partitionOf } from '#lib/domain/arn.ts'

/** The secret of an access key. Its partition is that of the account's Regions. */
export const accessKeySecret = (account: string, accessKeyId: string): RecordIdentity => ({
  partition: null,
  account,
  region: null,
  table: 'access_key',
  id: accessKeyId,
  part: 'secret',
  spec: null,
  usage: null,
  origin: null,
})

type MaterialOwner = {
  readonly account: string
  readonly region: string
  readonly id: string
  readonly spec: string
  readonly usage: string
  readonly origin: string
}

/** Material of a key. A multi-Region key's material is sealed per Region like any other. */
export const keyMaterial = (key: MaterialOwner, materialId: string): RecordIdentity => ({
  partition: partitionOf(key.region),
  account: key.account,
  region: key.region,
  table: 'key_material',
  id: key.id,
  part: materialId,
  spec: key.spec,
  usage: key.usage,
  origin: key.origin,
})

/** The private half of a wrapping key pair, bound to its session, its key and how it unwraps. */
export const importWrappingKey = (session: {
  readonly id: string
  readonly key: { readonly account: string; readonly region: string; readonly id: string }
  readonly wrappingAlgorithm: string
  readonly wrappingKeySpec: string
}): RecordIdentity => ({
  partition: partitionOf(session.key.region),
  account: session.key.account,
  region: session.key.region,
  table: 'import_session',
  id: session.key.id,
  part: session.id,
  spec: session.wrappingKeySpec,
  usage: session.wrappingAlgorithm,
  origin: null,
})

/** The seed of a second factor. */
export const mfaSeed = (account: string, device: string): RecordIdentity => ({
  partition: null,
  account,
  region: null,
  table: 'mfa_device',
  id: device,
  part: 'seed',
  spec: null,
  usage: null,
  origin: null,
})

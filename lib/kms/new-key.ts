/** What a new key will be: its spec, usage, origin and id, with AWS's rules on what must be said (facts §2.7, §5.1). */
import type { z } from 'zod'
import { uuidv4 } from '#lib/crypto/random.ts'
import { existsIn, KEY_SPECS, type KeySpecName, type KeyUsageName } from '#lib/domain/key-spec.ts'
import type { CreateKeyInput } from '#lib/domain/operations/keys.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'

export type CreateKeyRequest = z.output<typeof CreateKeyInput>

export type NewKeyKind = {
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly origin: 'AWS_KMS' | 'EXTERNAL'
  readonly multiRegion: boolean
}

const unsupported = (text: string) => new KmsError('UnsupportedOperationException', text)
const invalid = (text: string) => new KmsError('ValidationException', text)

function specOf(input: CreateKeyRequest): KeySpecName {
  if (input.KeySpec && input.CustomerMasterKeySpec) {
    throw invalid(
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    )
  }
  return input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT'
}

function usageOf(input: CreateKeyRequest, spec: KeySpecName): KeyUsageName {
  const usage = input.KeyUsage ?? (spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : undefined)
  if (!usage) {
    throw invalid('You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.')
  }
  if (!KEY_SPECS[spec].usages.includes(usage))
    throw invalid(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`)
  return usage
}

/** Custom key stores are a later issue: their origins are refused, never replaced by something else. */
function originOf(input: CreateKeyRequest, spec: KeySpecName): 'AWS_KMS' | 'EXTERNAL' {
  const origin = input.Origin ?? 'AWS_KMS'
  if (
    origin === 'AWS_CLOUDHSM' ||
    origin === 'EXTERNAL_KEY_STORE' ||
    input.CustomKeyStoreId ||
    input.XksKeyId
  )
    throw unsupported('Custom key stores are not offered here.')
  if (origin === 'EXTERNAL' && !KEY_SPECS[spec].imports)
    throw unsupported(`Origin EXTERNAL is not valid for KeySpec ${spec}.`)
  return origin
}

/** @throws ValidationException, UnsupportedOperationException */
export function kindOf(call: Call, input: CreateKeyRequest): NewKeyKind {
  const spec = specOf(input)
  const usage = usageOf(input, spec)
  if (!existsIn(spec, call.place.partition))
    throw unsupported(`KeySpec ${spec} is not supported in this Region.`)
  return { spec, usage, origin: originOf(input, spec), multiRegion: input.MultiRegion ?? false }
}

/** Random, and recognisable where the key may live in several Regions (facts §13). */
export const newKeyId = (multiRegion: boolean): string =>
  multiRegion ? `mrk-${uuidv4().replaceAll('-', '')}` : uuidv4()

/** The columns of a key that was just made; those of its place, kind and policy come on top. */
export const FRESH_KEY = {
  manager: 'CUSTOMER',
  deletionAt: null,
  rotationEnabled: false,
  rotationPeriodDays: null,
  nextRotationAt: null,
  onDemandRotations: 0,
  publicKey: null,
  primaryRegion: null,
  memberRegions: [],
  pendingWindowDays: null,
  currentMaterialId: null,
  fixedMaterial: false,
  rowVersion: 1n,
} as const

/** GetParametersForImport: a fresh wrapping key pair and the token that goes with it, for one import (facts §11). */
import { generateKeyPair } from '#lib/crypto/key-pair.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import {
  type WrappingAlgorithm,
  type WrappingAlgorithmName,
  type WrappingKeySpec,
  wrappingRefusal,
} from '#lib/domain/import-wrapping.ts'
import { existsIn, type KeySpecName } from '#lib/domain/key-spec.ts'
import { GetParametersForImportInput } from '#lib/domain/operations/import.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { importWrappingKey } from '#lib/engine/record-identity.ts'
import { addImportSession, type ImportSession } from '#lib/store/import-sessions.ts'
import { sealImportToken } from './import-token.ts'
import { takesMaterial } from './imported-kinds.ts'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html */
const GOOD_FOR = 24 * 3_600_000

type Wrapping = { readonly algorithm: WrappingAlgorithm; readonly keySpec: WrappingKeySpec }

const unsupported = (text: string) => new KmsError('UnsupportedOperationException', text)

/** @throws UnsupportedOperationException for a wrapping that cannot carry material of the spec, or not here. */
function wrappingOf(
  call: Call,
  spec: KeySpecName,
  asked: { WrappingAlgorithm: WrappingAlgorithmName; WrappingKeySpec: WrappingKeySpec },
): Wrapping {
  const { WrappingAlgorithm: algorithm, WrappingKeySpec: keySpec } = asked
  if (!existsIn(keySpec, call.place.partition))
    throw unsupported(`Wrapping key spec ${keySpec} is not supported in this Region.`)
  const refusal = wrappingRefusal(spec, algorithm, keySpec)
  // wrappingRefusal never admits RSAES_PKCS1_V1_5; the second half says so to the compiler.
  if (refusal !== undefined || algorithm === 'RSAES_PKCS1_V1_5') throw unsupported(refusal ?? '')
  return { algorithm, keySpec }
}

type NewSession = { readonly session: Omit<ImportSession, 'usedAt'>; readonly publicKey: Uint8Array }

async function openSession(call: Call, { row }: AllowedKey, wrapping: Wrapping): Promise<NewSession> {
  const { account, region, id } = row
  const about = {
    id: uuidv4(),
    key: { account, region, id },
    wrappingAlgorithm: wrapping.algorithm,
    wrappingKeySpec: wrapping.keySpec,
  }
  const { privateKey, publicKey } = await generateKeyPair(wrapping.keySpec)
  try {
    const scope = { kind: 'region', account, region } as const
    const sealed = await call.services.domainKeys.seal(scope, privateKey, importWrappingKey(about))
    const expiresAt = new Date(call.now.getTime() + GOOD_FOR)
    return { session: { ...about, privateKeySealed: sealed, expiresAt }, publicKey }
  } finally {
    privateKey.fill(0)
  }
}

export const GetParametersForImport = operation({
  name: 'GetParametersForImport',
  service: 'KMS',
  action: 'kms:GetParametersForImport',
  // CloudTrail calls it read-only (facts §17.2), though a session is kept.
  class: 'read',
  input: GetParametersForImportInput,
  logged: { request: members('KeyId', 'WrappingAlgorithm', 'WrappingKeySpec') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:GetParametersForImport', {
      deed: 'importParameters',
      kind: takesMaterial,
      conditions: {
        'kms:WrappingAlgorithm': input.WrappingAlgorithm,
        'kms:WrappingKeySpec': input.WrappingKeySpec,
      },
    })
    const wrapping = wrappingOf(call, key.row.spec, input)
    const { session, publicKey } = await openSession(call, key, wrapping)
    return call.change({
      rows: (rows) => addImportSession(rows, { ...session, createdAt: call.now }),
      output: {
        KeyId: key.arn,
        ImportToken: sealImportToken(call.services, key.row, session),
        PublicKey: publicKey,
        ParametersValidTo: session.expiresAt,
      },
    })
  },
})

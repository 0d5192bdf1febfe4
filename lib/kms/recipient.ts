/**
 * The Recipient member: an answer that only an attested enclave or NitroTPM instance can read, and what its
 * attestation says to policies and to the log (facts §8.6, §17.2, §20).
 */
import { rootsOf } from '#lib/crypto/certificate-chain.ts'
import { sealForRecipient } from '#lib/crypto/cms-enveloped.ts'
import { type Attestation, verifyAttestation } from '#lib/crypto/cose-attestation.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'

/** The member as it was parsed. Its KeyEncryptionAlgorithm has one value only. */
export type RecipientInput = { readonly AttestationDocument: Uint8Array }

export type Recipient = {
  /** For the demand that decides the call. */
  readonly conditions: ConditionValues
  /** Gives CiphertextForRecipient, and wipes the plaintext whatever happens. */
  readonly seal: (plaintext: Uint8Array) => Promise<Uint8Array>
}

/**
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-nitro-enclave.html (ImageSha384 is PCR0)
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-nitro-tpm.html
 */
function conditionsOf({ kind, pcrs }: Attestation): ConditionValues {
  const prefix = kind === 'enclave' ? 'PCR' : 'NitroTPMPCR'
  const named = [...pcrs].map(([index, value]) => [`kms:RecipientAttestation:${prefix}${index}`, value])
  const image = kind === 'enclave' ? pcrs.get(0) : undefined
  return { ...Object.fromEntries(named), 'kms:RecipientAttestation:ImageSha384': image }
}

/**
 * The registers that CloudTrail shows, in base64, and their names there.
 * https://docs.aws.amazon.com/kms/latest/developerguide/ct-nitro-enclave.html and …/ct-nitro-tpm.html
 */
const LOGGED = {
  enclave: { registers: [1, 2, 3, 4, 8], prefix: 'attestationDocumentEnclavePCR' },
  tpm: { registers: [4, 7, 8, 9, 16], prefix: 'attestationDocumentNitroTPMPCR' },
} as const

function loggedOf({ kind, moduleId, pcrs }: Attestation): Record<string, string> {
  const base64 = (index: number) => Buffer.from(pcrs.get(index) ?? '', 'hex').toString('base64')
  const { registers, prefix } = LOGGED[kind]
  const present = registers.filter((index) => pcrs.has(index))
  return {
    attestationDocumentModuleId: moduleId,
    ...(kind === 'enclave' && pcrs.has(0) && { attestationDocumentEnclaveImageDigest: base64(0) }),
    ...Object.fromEntries(present.map((index) => [`${prefix}${index}`, base64(index)])),
  }
}

/**
 * Verifies the attestation of whoever is to read the answer, notes it for the log, and gives what the call needs of
 * it; undefined without a Recipient. Freshness is by real time, as that of signatures is.
 * @throws ValidationException for a document that is not acceptable, UnsupportedOperationException without a root: an
 *   answer in clear to someone who asked for a sealed one would be worse
 */
export async function readRecipient(
  call: Call,
  recipient: RecipientInput | undefined,
): Promise<Recipient | undefined> {
  if (recipient === undefined) return undefined
  const { nitroRoot, clock } = call.services
  if (nitroRoot === undefined) {
    const text = 'Recipient is not offered here: no attestation root is configured.'
    throw new KmsError('UnsupportedOperationException', text)
  }
  const trust = { roots: rootsOf(nitroRoot), now: clock.real() }
  const attestation = await verifyAttestation(recipient.AttestationDocument, trust)
  call.note({ recipient: loggedOf(attestation) })
  return {
    conditions: conditionsOf(attestation),
    async seal(plaintext) {
      try {
        return sealForRecipient(attestation.publicKey, plaintext)
      } finally {
        plaintext.fill(0)
      }
    },
  }
}

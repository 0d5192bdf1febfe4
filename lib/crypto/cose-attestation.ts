/**
 * Attestation documents of AWS Nitro, of enclaves and of instances with a NitroTPM: what they say, once every
 * signature from the trusted root down to the document holds and the document is fresh.
 *
 *   COSE_Sign1 = 18?([ protected: bytes {1: −35}, unprotected: {}, payload: bytes, signature: 96 bytes ])     RFC 9052
 *   signature  = ECDSA P-384, SHA-384, r ‖ s, over [ "Signature1", protected, bytes(0), payload ]
 *
 *   payload = { module_id: text, digest: "SHA384", timestamp: ms, pcrs | nitrotpm_pcrs: { 0…31 → 32, 48 or 64 bytes },
 *               certificate: DER, cabundle: [ root DER, …, issuer DER ],
 *               public_key?: SPKI DER | null, user_data?: bytes | null, nonce?: bytes | null }
 *
 * https://github.com/aws/aws-nitro-enclaves-nsm-api/blob/main/docs/attestation_process.md
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/nitrotpm-attestation-document-validate.html
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { KmsError } from '#lib/domain/refusal.ts'
import { type Cbor, CborError, type CborMap, cborBytes, cborHead, readCbor } from './cbor.ts'
import { ChainError, verifyChain } from './certificate-chain.ts'
import { equalBytes } from './equal.ts'

export type Attestation = {
  readonly moduleId: string
  /** Whether the registers are an enclave's or a NitroTPM's. */
  readonly kind: 'enclave' | 'tpm'
  /** Registers by number, in lower-case hex. */
  readonly pcrs: ReadonlyMap<number, string>
  /** RSA of 2048 to 4096 bits. */
  readonly publicKey: KeyObject
  readonly timestamp: Date
}

/** About five minutes, as KMS takes signatures of requests (facts §1.5, §20). */
const FRESH_MS = 5 * 60_000
const MAX_DOCUMENT = 262_144
const MAX_PAYLOAD = 16_384
const MAX_CERTIFICATES = 8
const SIGNATURE_BYTES = 96
const TAG_SIGN1 = 0xd2
const ES384 = -35
/** A map of the one header: algorithm. */
const PROTECTED = Buffer.from([0xa1, 0x01, 0x38, -1 - ES384])
const PCR_BYTES = [32, 48, 64]
const MEMBERS = [
  'module_id',
  'digest',
  'timestamp',
  'pcrs',
  'nitrotpm_pcrs',
  'certificate',
  'cabundle',
  'public_key',
  'user_data',
  'nonce',
]

function refuse(why: string): never {
  throw new KmsError('ValidationException', `The attestation document is not acceptable: ${why}.`)
}

const bytesOf = (value: Cbor | undefined, most: number, what: string): Uint8Array =>
  value instanceof Uint8Array && value.length > 0 && value.length <= most
    ? value
    : refuse(`it has no ${what}`)

type Signed = { readonly payload: Uint8Array; readonly signature: Uint8Array }

function readSigned(document: Uint8Array): Signed {
  if (document.length > MAX_DOCUMENT) refuse('it is too long')
  const sign1 = readCbor(document[0] === TAG_SIGN1 ? document.subarray(1) : document)
  if (!Array.isArray(sign1) || sign1.length !== 4) return refuse('it is not a COSE_Sign1 structure')
  const [header, unprotected, payload, signature] = sign1
  if (!(header instanceof Uint8Array) || !equalBytes(header, PROTECTED)) refuse('it is not signed with ES384')
  if (!(unprotected instanceof Map) || unprotected.size > 0) refuse('it has headers that are not signed')
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES)
    refuse('it has no signature')
  return { payload: bytesOf(payload, MAX_PAYLOAD, 'payload'), signature }
}

const signedBytes = (payload: Uint8Array): Buffer =>
  Buffer.concat([
    cborHead(4, 4),
    cborHead(3, 10),
    Buffer.from('Signature1'),
    cborBytes(PROTECTED),
    cborBytes(new Uint8Array()),
    cborBytes(payload),
  ])

type Payload = Omit<Attestation, 'publicKey'> & {
  readonly certificate: Uint8Array
  readonly bundle: readonly Uint8Array[]
  readonly spki: Uint8Array
}

function readPcrs(map: CborMap): Pick<Payload, 'kind' | 'pcrs'> {
  const kind = map.has('pcrs') ? 'enclave' : 'tpm'
  const found = map.get(kind === 'enclave' ? 'pcrs' : 'nitrotpm_pcrs')
  if (map.has('pcrs') && map.has('nitrotpm_pcrs')) refuse('it has two kinds of registers')
  if (!(found instanceof Map) || found.size === 0) return refuse('it has no registers')
  const pcrs = new Map<number, string>()
  for (const [index, value] of found) {
    if (typeof index !== 'number' || index < 0 || index > 31) return refuse('a register has a number over 31')
    if (!(value instanceof Uint8Array) || !PCR_BYTES.includes(value.length))
      return refuse(`register ${index} has another length than a digest`)
    pcrs.set(index, Buffer.from(value).toString('hex'))
  }
  return { kind, pcrs }
}

function readBundle(bundle: Cbor | undefined): Uint8Array[] {
  if (!Array.isArray(bundle) || bundle.length === 0 || bundle.length > MAX_CERTIFICATES)
    return refuse('it has no bundle of certificates')
  return bundle.map((certificate: Cbor) => bytesOf(certificate, 1024, 'bundle of certificates'))
}

/** What a member that may be absent or null has to be otherwise. */
function checkOptional(map: CborMap, name: string): void {
  const value = map.get(name) ?? null
  if (value !== null && !(value instanceof Uint8Array && value.length <= 1024))
    refuse(`its ${name} is no bytes`)
}

function readPayload(bytes: Uint8Array): Payload {
  const map = readCbor(bytes)
  if (!(map instanceof Map)) return refuse('its payload is no map')
  for (const name of map.keys())
    if (typeof name !== 'string' || !MEMBERS.includes(name)) refuse('it has a member that is not known')
  const moduleId = map.get('module_id')
  const timestamp = map.get('timestamp')
  if (typeof moduleId !== 'string' || moduleId === '' || moduleId.length > 256)
    return refuse('it has no module_id')
  if (map.get('digest') !== 'SHA384') refuse('its digest is not SHA384')
  if (typeof timestamp !== 'number' || timestamp <= 0) return refuse('it has no timestamp')
  for (const name of ['user_data', 'nonce']) checkOptional(map, name)
  return {
    moduleId,
    timestamp: new Date(timestamp),
    ...readPcrs(map),
    certificate: bytesOf(map.get('certificate'), 1024, 'certificate'),
    bundle: readBundle(map.get('cabundle')),
    spki: bytesOf(map.get('public_key') ?? undefined, 1024, 'public key'),
  }
}

/** An RSA key of a usual size whose encoding is exactly the one OpenSSL writes (R25). */
function readRecipientKey(spki: Uint8Array): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
    const usual = modulusLength >= 2048 && modulusLength <= 4096 && publicExponent >= 65_537n
    const exact = equalBytes(key.export({ format: 'der', type: 'spki' }), spki)
    if (key.asymmetricKeyType === 'rsa' && usual && exact) return key
  } catch {
    // Not a key: said below.
  }
  return refuse('its public key is not an RSA key of 2048 to 4096 bits')
}

/** In libuv's pool: a P-384 signature takes longer than the event loop may wait (R26). */
const verifyEs384 = (key: KeyObject, { payload, signature }: Signed) =>
  new Promise<boolean>((resolve) => {
    const how = { key, dsaEncoding: 'ieee-p1363' } as const
    verify('sha384', signedBytes(payload), how, signature, (error, holds) => resolve(!error && holds))
  })

async function checkSigned(signed: Signed, key: KeyObject): Promise<void> {
  const p384 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'secp384r1'
  if (!p384 || !(await verifyEs384(key, signed))) refuse('its signature does not hold')
}

/** CBOR and chains refuse in their own words. */
function asRefusal(thrown: unknown): never {
  if (thrown instanceof CborError) refuse('it is not the CBOR that attestation documents are')
  if (thrown instanceof ChainError) refuse(thrown.message)
  throw thrown
}

/**
 * What an attestation document says, verified up to one of the roots (DER) at the time `now`.
 * @throws KmsError ValidationException, saying what is wrong with the document
 */
export async function verifyAttestation(
  document: Uint8Array,
  { roots, now }: { readonly roots: readonly Uint8Array[]; readonly now: Date },
): Promise<Attestation> {
  try {
    const signed = readSigned(document)
    const { certificate, bundle, spki, ...said } = readPayload(signed.payload)
    const key = await verifyChain({ leaf: certificate, bundle, roots, at: now })
    await checkSigned(signed, key)
    // Only a document that is genuine has a time worth naming.
    if (!(Math.abs(now.getTime() - said.timestamp.getTime()) <= FRESH_MS))
      refuse('it is not from the last 5 minutes')
    return { ...said, publicKey: readRecipientKey(spki) }
  } catch (thrown) {
    return asRefusal(thrown)
  }
}

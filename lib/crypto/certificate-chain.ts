/**
 * A chain of X.509 certificates from a root that is trusted to the one that signed, as the attestation documents of
 * AWS Nitro carry it: ECDSA with SHA-384 all the way, no revocation lists, the root byte for byte the configured one.
 *
 *   Certificate    SEQUENCE { TBSCertificate, signature algorithm, BIT STRING { signature } }
 *   TBSCertificate SEQUENCE { [0] version, serial, algorithm, issuer, validity, subject, key, …, [3] extensions }
 *   extension      SEQUENCE { OID, critical BOOLEAN?, OCTET STRING { value } }
 *
 * https://github.com/aws/aws-nitro-enclaves-nsm-api/blob/main/docs/attestation_process.md §3.2.3
 */
import { type KeyObject, verify, X509Certificate } from 'node:crypto'
import { contextTag, der, oid, readElements, readOnly, TAG } from './der.ts'
import { equalBytes } from './equal.ts'

/** A chain that is not to be trusted. The message says why, in words for the caller. */
export class ChainError extends Error {
  override readonly name = 'ChainError'
}

type Certificate = {
  readonly x509: X509Certificate
  readonly key: KeyObject
  /** What the signature covers. */
  readonly body: Uint8Array
  readonly signature: Uint8Array
  /** The first byte of its KeyUsage; 0 without one: what is not granted is not allowed. */
  readonly usage: number
  /** How many authorities may follow below this one; undefined when it is none itself. */
  readonly room: number | undefined
}

type Extensions = ReadonlyMap<string, Uint8Array>

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const ECDSA_SHA384 = der(TAG.sequence, oid('1.2.840.10045.4.3.3'))
const BASIC_CONSTRAINTS = hex(oid('2.5.29.19'))
const KEY_USAGE = hex(oid('2.5.29.15'))
/** The only extensions that may be critical: the ones that are obeyed here (RFC 5280 §4.2). */
const OBEYED = new Set([BASIC_CONSTRAINTS, KEY_USAGE])
/** Bits of the first byte of a KeyUsage (RFC 5280 §4.2.1.3). */
const DIGITAL_SIGNATURE = 0x80
const KEY_CERT_SIGN = 0x04

const UNREADABLE = 'a certificate cannot be read'

function refuse(why: string): never {
  throw new ChainError(why)
}

function readExtensions(body: Uint8Array): Extensions {
  const fields = readElements(readOnly(body, TAG.sequence).content)
  const found = fields.find((field) => field.tag === contextTag(3))
  const extensions = new Map<string, Uint8Array>()
  for (const { content } of found ? readElements(readOnly(found.content, TAG.sequence).content) : []) {
    const [id, ...rest] = readElements(content)
    const value = rest.at(-1)
    if (id?.tag !== TAG.oid || value?.tag !== TAG.octetString) return refuse(UNREADABLE)
    const name = hex(id.whole)
    if (rest.length > 1 && !OBEYED.has(name))
      refuse('a certificate has a critical extension that is not known')
    if (extensions.has(name)) refuse('a certificate has an extension twice')
    extensions.set(name, value.content)
  }
  return extensions
}

function usageOf(extensions: Extensions): number {
  const usage = extensions.get(KEY_USAGE)
  // The first byte of a BIT STRING counts its unused bits.
  return (usage && readOnly(usage, TAG.bitString).content[1]) ?? 0
}

/** BasicConstraints: SEQUENCE { CA BOOLEAN?, pathLength INTEGER? } (RFC 5280 §4.2.1.9). */
function roomOf(extensions: Extensions): number | undefined {
  const constraints = extensions.get(BASIC_CONSTRAINTS)
  const [ca, length] = constraints ? readElements(readOnly(constraints, TAG.sequence).content) : []
  if (ca?.tag !== TAG.boolean || ca.content[0] !== 0xff) return undefined
  if (!length) return Number.POSITIVE_INFINITY
  return length.tag === TAG.integer && length.content.length === 1 ? length.content[0] : refuse(UNREADABLE)
}

function readCertificate(bytes: Uint8Array): Certificate {
  const [body, algorithm, signature] = readElements(readOnly(bytes, TAG.sequence).content)
  if (!body || !algorithm || signature?.tag !== TAG.bitString) return refuse(UNREADABLE)
  if (!equalBytes(algorithm.whole, ECDSA_SHA384)) refuse('a certificate is not signed with ECDSA and SHA-384')
  const x509 = new X509Certificate(bytes)
  const extensions = readExtensions(body.whole)
  return {
    x509,
    key: x509.publicKey,
    body: body.whole,
    signature: signature.content.subarray(1),
    usage: usageOf(extensions),
    room: roomOf(extensions),
  }
}

/** DER and OpenSSL name what they choke on; the caller hears only that. */
function read(bytes: Uint8Array): Certificate {
  try {
    return readCertificate(bytes)
  } catch (thrown) {
    if (thrown instanceof ChainError) throw thrown
    throw new ChainError(UNREADABLE)
  }
}

const isValid = ({ x509 }: Certificate, at: Date): boolean =>
  x509.validFromDate <= at && at <= x509.validToDate

/** In libuv's pool: a P-384 signature takes longer than the event loop may wait (R26). */
const verifyEcdsa = (key: KeyObject, signed: Uint8Array, signature: Uint8Array) =>
  new Promise<boolean>((resolve) => {
    verify('sha384', signed, key, signature, (error, holds) => resolve(!error && holds))
  })

/** Whether the one above signed the one below, and may, with so many authorities between it and the leaf. */
async function isSigned(below: Certificate, above: Certificate, between: number): Promise<boolean> {
  if (above.room === undefined || above.room < between || (above.usage & KEY_CERT_SIGN) === 0) return false
  if (!above.x509.ca || !below.x509.checkIssued(above.x509) || above.key.asymmetricKeyType !== 'ec')
    return false
  return verifyEcdsa(above.key, below.body, below.signature)
}

async function isChain(certificates: readonly Certificate[]): Promise<boolean> {
  const links = certificates.slice(1).map((below, index) => {
    const above = certificates[index]
    return above !== undefined && isSigned(below, above, certificates.length - 2 - index)
  })
  return (await Promise.all(links)).every((signed) => signed)
}

/**
 * The public key of `leaf`, if `bundle`, which begins with the root and ends with the leaf's issuer, leads to it from
 * one of the roots, and all of it is valid at the time. Certificates are DER. Throws ChainError.
 */
export async function verifyChain(chain: {
  readonly leaf: Uint8Array
  readonly bundle: readonly Uint8Array[]
  readonly roots: readonly Uint8Array[]
  readonly at: Date
}): Promise<KeyObject> {
  const [top] = chain.bundle
  if (!top || !chain.roots.some((root) => equalBytes(root, top)))
    refuse('its certificates do not lead to the root that is trusted here')
  const leaf = read(chain.leaf)
  const certificates = [...chain.bundle.map(read), leaf]
  if (!certificates.every((certificate) => isValid(certificate, chain.at)))
    refuse('a certificate has expired or is not valid yet')
  if (!(await isChain(certificates))) refuse('its certificates are not a chain')
  if (leaf.room !== undefined || (leaf.usage & DIGITAL_SIGNATURE) === 0)
    refuse('its certificate is not one that signs documents')
  return leaf.key
}

const BLOCK = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g

/** The certificates of a PEM text as DER. Throws ChainError when there is none, or one cannot be read. */
export function rootsOf(pem: string): Uint8Array[] {
  const blocks = pem.match(BLOCK) ?? []
  if (blocks.length === 0) refuse('there is no certificate in it')
  return blocks.map((block) => {
    try {
      return new Uint8Array(new X509Certificate(block).raw)
    } catch {
      return refuse('a certificate in it cannot be read')
    }
  })
}

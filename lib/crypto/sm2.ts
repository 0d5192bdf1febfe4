/**
 * SM2 (GB/T 32918): signatures, encryption and key agreement over points of @noble/curves and OpenSSL's SM3, in
 * a worker. OpenSSL's own SM2 is out of reach: Node gives it no identity to sign for, and no encryption.
 *
 *   signature    SEQUENCE { r, s }                                                       GB/T 35276 §7.3
 *   ciphertext   SEQUENCE { x1, y1, OCTET STRING { C3 }, OCTET STRING { C2 } }           GB/T 35276 §7.2
 */
import { createHash } from 'node:crypto'
import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { der, TAG } from './der.ts'
import { derUnsigned, readSequence } from './der-reader.ts'
import { equalBytes } from './equal.ts'
import { mustHold, type PrivateHalves, type PublicHalf, publicBytesOf, withPkcs8 } from './exported-key.ts'
import { modulo, unsigned, unsignedBytes } from './number.ts'
import { readEcKey } from './pkcs8.ts'
import { randomBytes } from './random.ts'
import { readPair, writePair } from './signature-pair.ts'

/** GB/T 32918.5 */
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}
/** Points of the curve. Whoever makes one from coordinates asks it whether it is valid. */
export const Sm2Point = weierstrass(CURVE)
type Point = InstanceType<typeof Sm2Point>
const { n } = CURVE
const BYTES = 32
/** The identity that AWS signs for, in the standard's default: facts §5.4. */
const IDENTITY = Buffer.from('1234567812345678')

const sm3 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sm3')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const field = (x: bigint): Buffer => unsignedBytes(x, BYTES)

/** Z, the hash of who signs with which key (GB/T 32918.2 §5.5); the length of the identity is in bits. */
function identityHash(point: Uint8Array): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(IDENTITY.length * 8)
  const curve = [CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map(field)
  return sm3(length, IDENTITY, ...curve, point.subarray(1))
}

/** A number from 1 to n − 1, from 64 bits more than it needs, so that none is likelier than another. */
function randomScalar(): bigint {
  const bytes = randomBytes(BYTES + 8)
  try {
    return modulo(unsigned(bytes), n - 1n) + 1n
  } finally {
    bytes.fill(0)
  }
}

/** 1/x modulo n, behind a random factor: the time of Euclid's algorithm tells nothing of x. */
function inverse(x: bigint): bigint {
  const blind = randomScalar()
  return modulo(Sm2Point.Fn.inv(modulo(x * blind, n)) * blind, n)
}

const scalarOf = (job: PrivateHalves): bigint =>
  withPkcs8(job.key, (pkcs8) => unsigned(readEcKey(job.spec, pkcs8).d))

export type Sm2Message = {
  /** A message is hashed after Z; a digest is that hash already. */
  readonly type: 'message' | 'digest'
  readonly bytes: Uint8Array
}

const digestOf = ({ type, bytes }: Sm2Message, point: Uint8Array): bigint =>
  unsigned(type === 'digest' ? bytes : sm3(identityHash(point), bytes))

/** GB/T 32918.2 §6.1, in DER. Throws Error if it fails. */
export function signSm2(job: PrivateHalves & { readonly message: Sm2Message }): Uint8Array {
  const e = digestOf(job.message, publicBytesOf(job))
  const d = scalarOf(job)
  const signature = writePair(signaturePair(e, d))
  mustHold(verifySm2({ ...job, signature }))
  return signature
}

/** r ‖ s */
function signaturePair(e: bigint, d: bigint): Buffer {
  for (;;) {
    const k = randomScalar()
    const r = modulo(e + Sm2Point.BASE.multiply(k).x, n)
    const s = modulo(inverse(1n + d) * (k - r * d), n)
    if (r !== 0n && r + k !== n && s !== 0n) return Buffer.concat([field(r), field(s)])
  }
}

/** GB/T 32918.2 §7.1 */
export function verifySm2(
  job: PublicHalf & { readonly message: Sm2Message; readonly signature: Uint8Array },
): boolean {
  const pair = readPair(job.signature, BYTES)
  if (!pair) return false
  const [r, s] = [unsigned(pair.subarray(0, BYTES)), unsigned(pair.subarray(BYTES))]
  const t = modulo(r + s, n)
  if (r === 0n || r >= n || s === 0n || s >= n || t === 0n) return false
  const bytes = publicBytesOf(job)
  const sum = Sm2Point.BASE.mulAddUnsafe(s, Sm2Point.fromBytes(bytes), t)
  return !sum.is0() && modulo(digestOf(job.message, bytes) + sum.x, n) === r
}

/**
 * The key stream (GB/T 32918.4 §5.4.3), xored into the text; undefined when it is all zero, and would hide
 * nothing.
 */
function masked(x: Uint8Array, y: Uint8Array, text: Uint8Array): Uint8Array | undefined {
  const stream = Buffer.alloc(Math.ceil(text.length / BYTES) * BYTES)
  for (let block = 0; block * BYTES < text.length; block++) {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(block + 1)
    stream.set(sm3(x, y, counter), block * BYTES)
  }
  const hides = stream.subarray(0, text.length).some((byte) => byte !== 0)
  const result = Uint8Array.from(text, (byte, i) => byte ^ (stream[i] ?? 0))
  stream.fill(0)
  return hides ? result : undefined
}

type Shared = { readonly x: Buffer; readonly y: Buffer }
const coordinates = (point: Point): Shared => ({ x: field(point.x), y: field(point.y) })

/** GB/T 32918.4 §6.1 of one byte or more */
export function encryptSm2(job: PublicHalf & { readonly bytes: Uint8Array }): Uint8Array {
  const peer = Sm2Point.fromBytes(publicBytesOf(job))
  for (;;) {
    const k = randomScalar()
    const c1 = coordinates(Sm2Point.BASE.multiply(k))
    const { x, y } = coordinates(peer.multiply(k))
    const c2 = masked(x, y, job.bytes)
    const c3 = sm3(x, job.bytes, y)
    x.fill(0)
    y.fill(0)
    if (c2) return der(TAG.sequence, derUnsigned(c1.x), derUnsigned(c1.y), octets(c3), octets(c2))
  }
}
const octets = (bytes: Uint8Array): Buffer => der(TAG.octetString, bytes)

type Ciphertext = { readonly c1: Point; readonly c2: Uint8Array; readonly c3: Uint8Array }

/** The parts of a ciphertext, its point on the curve. Throws Error when it is malformed. */
function readCiphertext(bytes: Uint8Array): Ciphertext {
  const fields = readSequence(bytes)
  const [x, y] = [unsigned(fields.unsigned()), unsigned(fields.unsigned())]
  const c3 = fields.take(TAG.octetString)
  const c2 = fields.take(TAG.octetString)
  fields.end()
  const c1 = Sm2Point.fromAffine({ x, y })
  // A point of another curve would give away the scalar, bit by bit.
  c1.assertValidity()
  return { c1, c2, c3 }
}

/** GB/T 32918.4 §7.1: the plaintext, or undefined for every reason not to have one. */
export function decryptSm2(job: PrivateHalves & { readonly bytes: Uint8Array }): Uint8Array | undefined {
  try {
    const { c1, c2, c3 } = readCiphertext(job.bytes)
    const { x, y } = coordinates(c1.multiply(scalarOf(job)))
    const plaintext = masked(x, y, c2)
    const same = plaintext !== undefined && equalBytes(sm3(x, plaintext, y), c3)
    x.fill(0)
    y.fill(0)
    if (same) return plaintext
    plaintext?.fill(0)
    return undefined
  } catch {
    return undefined
  }
}

/** The x coordinate of d·P, 32 bytes, as ECDH on any curve (SEC 1 §3.3.1). */
export function agreeSm2(job: PrivateHalves & { readonly peer: KeyObjectOf }): Uint8Array {
  const peer = Sm2Point.fromBytes(publicBytesOf({ spec: job.spec, publicKey: job.peer }))
  return field(peer.multiply(scalarOf(job)).x)
}
type KeyObjectOf = PublicHalf['publicKey']

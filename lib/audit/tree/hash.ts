/** Hashes of the Merkle tree (RFC 6962 §2.1): SHA-256 with a byte before it that tells leaves from nodes. */
import { Buffer } from 'node:buffer'
import { sha256 } from '../../crypto/digest.ts'

export const HASH_BYTES = 32

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** 32 bytes. */
export const leafHash = (entry: Uint8Array): Buffer => sha256(Buffer.concat([LEAF, entry]))

/** 32 bytes of two hashes. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.concat([NODE, left, right]))

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0))

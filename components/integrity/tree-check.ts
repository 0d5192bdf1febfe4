/**
 * Hashes and paths of the log's tree, computed in this browser with WebCrypto: written from RFC 6962 §2.1 and RFC 9162
 * §2.1.3.2 and §2.1.4.2, and apart from the engine's own code, so that what it says is checked by something else.
 */

export type Bytes = Uint8Array<ArrayBuffer>

export const HASH_BYTES = 32

/** Undefined where the browser offers no cryptography: a page over plain HTTP from another machine. */
export const cryptography = (): SubtleCrypto | undefined => globalThis.crypto?.subtle

/** Bytes of base64 as RFC 4648 §4 writes it; undefined for anything else. */
export function fromBase64(text: string): Bytes | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text)

export function joinBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

export const sha256 = async (subtle: SubtleCrypto, bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await subtle.digest('SHA-256', bytes))

/** SHA-256(0x00 | entry) */
export const hashOfLeaf = (subtle: SubtleCrypto, entry: Uint8Array): Promise<Bytes> =>
  sha256(subtle, joinBytes(Uint8Array.of(0), entry))

/** SHA-256(0x01 | left | right) */
const hashOfNode = (subtle: SubtleCrypto, left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  sha256(subtle, joinBytes(Uint8Array.of(1), left, right))

/** One hash of a path: which side it stands on, and what comes of it. */
export type PathStep = { readonly side: 'left' | 'right'; readonly beside: string; readonly result: string }

export type Walk = {
  readonly steps: readonly PathStep[]
  /** Undefined when the path is too short, too long, or for no such tree. */
  readonly root: Bytes | undefined
}

export type Path = {
  readonly leaf: Bytes
  readonly index: number
  readonly size: number
  readonly hashes: readonly Bytes[]
}

const half = (place: number) => Math.floor(place / 2)

/** Hashes from a leaf to the root. Places are halved as numbers: bits would end at 2^31. */
export async function walk(subtle: SubtleCrypto, { leaf, index, size, hashes }: Path): Promise<Walk> {
  const steps: PathStep[] = []
  if (index < 0 || index >= size) return { steps, root: undefined }
  let at = index
  let last = size - 1
  let hash = leaf
  for (const beside of hashes) {
    if (last === 0) return { steps, root: undefined }
    const isRight = at % 2 === 1 || at === last
    hash = isRight ? await hashOfNode(subtle, beside, hash) : await hashOfNode(subtle, hash, beside)
    steps.push({ side: isRight ? 'left' : 'right', beside: toBase64(beside), result: toBase64(hash) })
    while (isRight && at % 2 === 0 && at !== 0) {
      at = half(at)
      last = half(last)
    }
    at = half(at)
    last = half(last)
  }
  return { steps, root: last === 0 ? hash : undefined }
}

export type TreeHead = { readonly size: number; readonly root: Bytes }
export type Growth = {
  readonly first: TreeHead
  readonly second: TreeHead
  readonly hashes: readonly Bytes[]
}

const isPowerOfTwo = (size: number) => 2 ** Math.round(Math.log2(size)) === size

/** Whether the second tree begins with all of the first. */
export async function grewFrom(subtle: SubtleCrypto, { first, second, hashes }: Growth): Promise<boolean> {
  if (first.size > second.size) return false
  if (first.size === second.size) return hashes.length === 0 && sameBytes(first.root, second.root)
  if (first.size === 0) return hashes.length === 0
  const [start, ...rest] = isPowerOfTwo(first.size) ? [first.root, ...hashes] : hashes
  if (!start) return false
  let at = first.size - 1
  let last = second.size - 1
  while (at % 2 === 1) {
    at = half(at)
    last = half(last)
  }
  let [before, after] = [start, start]
  for (const beside of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      before = await hashOfNode(subtle, beside, before)
      after = await hashOfNode(subtle, beside, after)
      while (at % 2 === 0 && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else {
      after = await hashOfNode(subtle, after, beside)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && sameBytes(before, first.root) && sameBytes(after, second.root)
}

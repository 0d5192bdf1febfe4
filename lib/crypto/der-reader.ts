/**
 * Reads the elements of a SEQUENCE one after the other and strictly, for keys, signatures and ciphertexts:
 * shortest integers, whole octets, nothing left over (R25). Every content is a view: a secret stays in one place.
 */
import { DerError, der, type Element, readElements, TAG } from './der.ts'

export class DerReader {
  readonly #elements: readonly Element[]
  #at = 0

  /** Of the elements that the bytes are. Throws DerError when they are none. */
  constructor(bytes: Uint8Array) {
    this.#elements = readElements(bytes)
  }

  /** Whether the next element has the tag. */
  has(tag: number): boolean {
    return this.#elements[this.#at]?.tag === tag
  }

  /** The content of the next element. Throws DerError when it is another. */
  take(tag: number): Uint8Array {
    const element = this.#elements[this.#at]
    if (element?.tag !== tag) throw new DerError()
    this.#at++
    return element.content
  }

  /** The elements of the next one. */
  enter(tag: number = TAG.sequence): DerReader {
    return new DerReader(this.take(tag))
  }

  /** A positive or zero INTEGER in its shortest form (X.690 §8.3.2), without the sign octet. */
  unsigned(): Uint8Array {
    const content = this.take(TAG.integer)
    const [first, second] = content
    if (first === undefined || first >= 0x80) throw new DerError()
    if (first !== 0 || second === undefined) return content
    if (second < 0x80) throw new DerError()
    return content.subarray(1)
  }

  /** A BIT STRING of whole octets. */
  bits(): Uint8Array {
    const content = this.take(TAG.bitString)
    if (content[0] !== 0) throw new DerError()
    return content.subarray(1)
  }

  /** The next element must be this one, byte for byte. */
  expect(element: Uint8Array): void {
    const found = this.#elements[this.#at]
    if (!found || Buffer.compare(found.whole, element) !== 0) throw new DerError()
    this.#at++
  }

  /** Throws DerError when anything is left. */
  end(): void {
    if (this.#at !== this.#elements.length) throw new DerError()
  }
}

/** The elements of the one SEQUENCE that the bytes are. Throws DerError when they are anything else. */
export function readSequence(bytes: Uint8Array): DerReader {
  const outer = new DerReader(bytes)
  const fields = outer.enter()
  outer.end()
  return fields
}

/** An unsigned big-endian number as an INTEGER in its shortest form. */
export function derUnsigned(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0)
  const shortest = start < 0 ? Uint8Array.of(0) : bytes.subarray(start)
  const [first = 0] = shortest
  return der(TAG.integer, first >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), shortest)
}

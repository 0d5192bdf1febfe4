/** Key material that cannot be printed, serialised or logged by accident (R29, R33). */
export class SecretBytes {
  readonly #bytes: Uint8Array

  /** Takes the bytes over: whoever made them must not keep them. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get length(): number {
    return this.#bytes.length
  }

  /** Lends the bytes, then wipes them. Once only. */
  lend<T>(use: (bytes: Uint8Array) => T): T {
    try {
      return use(this.#bytes)
    } finally {
      this.#bytes.fill(0)
    }
  }

  wipe(): void {
    this.#bytes.fill(0)
  }

  toJSON(): string {
    return '[secret]'
  }

  toString(): string {
    return '[secret]'
  }

  // What console.log and util.inspect call.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]'
  }
}

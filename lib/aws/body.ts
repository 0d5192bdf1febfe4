/**
 * A request body, bounded before it is read (R42): what announces itself as too large is refused by its
 * announcement, what lies about its length at the byte that is too many.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AnyOperation } from '#lib/engine/operation.ts'

export type BodyLimits = { readonly bytes: number; readonly tokens: number }

const USUAL: BodyLimits = { bytes: 128 * 1024, tokens: 2_000 }
/** A policy document or an attestation document, in base64 or with every quote escaped. */
const DOCUMENT: BodyLimits = { bytes: 400 * 1024, tokens: 20_000 }

/** Members that hold a document of a size of its own. */
const DOCUMENT_MEMBER = /^(?:Recipient|\w*Polic(?:y|ies)|\w*Document)$/

const limits = new WeakMap<AnyOperation, BodyLimits>()

/** The limits of an operation's shape; undefined is a form whose operation is named inside it. */
export function bodyLimits(operation: AnyOperation | undefined): BodyLimits {
  if (!operation) return USUAL
  const known = limits.get(operation)
  if (known) return known
  // The members of an object schema; whatever else a schema may be has the usual limits.
  const shape: unknown = Reflect.get(operation.input, 'shape')
  const members = typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
  const found = members.some((name) => DOCUMENT_MEMBER.test(name)) ? DOCUMENT : USUAL
  limits.set(operation, found)
  return found
}

/** The program went away before its request was whole: there is nobody to answer. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

export const tooLarge = (bytes: number) =>
  new KmsError('RequestEntityTooLargeException', `The request body must not be larger than ${bytes} bytes.`)

export type Arriving = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The program waits for `100 Continue` before it sends. */
  readonly wantsContinue: boolean
}

/** Reads the whole body. Throws RequestEntityTooLarge, or ConnectionLost. */
export function readBody({ request, response, wantsContinue }: Arriving, maxBytes: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > maxBytes) return Promise.reject(tooLarge(maxBytes))
  if (wantsContinue) response.writeContinue()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) return reject(tooLarge(maxBytes))
      chunks.push(chunk)
    })
    let ended = false
    request.on('end', () => {
      ended = true
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    })
    // Every request closes; an error with its stack is made only for those that close too early.
    const lost = () => {
      if (!ended) reject(new ConnectionLost())
    }
    request.on('error', lost)
    request.on('close', lost)
  })
}

/** How much of a refused body is still read, and how long, so that the program sees the answer and not a reset. */
const LINGER = { bytes: 1024 * 1024, ms: 1_000 }

/** Reads a refused body into nothing for a moment, then cuts. */
export function discardRest(request: IncomingMessage): void {
  let left = LINGER.bytes
  const cut = () => request.socket.destroy()
  const timer = setTimeout(cut, LINGER.ms)
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) cut()
  })
  request.on('end', cut)
  request.on('close', () => clearTimeout(timer))
  request.resume()
}

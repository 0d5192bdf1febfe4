/** What the console sends to the desk: bounded, JSON, and of the members that a form or a question has. */
import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { readJson } from '#lib/domain/json-text.ts'
import { KmsError } from '#lib/domain/refusal.ts'

const JSON_LIMITS = { maxDepth: 32, maxTokens: 20_000 }

/** The body. @throws KmsError before more than `most` bytes were kept, and when it ends early. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLarge = () =>
    new KmsError('RequestEntityTooLargeException', `The request is larger than ${most} bytes.`)
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      size += chunk.length
      if (size > most) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw new KmsError('SerializationException', 'The request ended before its body did.', { cause })
  }
  if (size > most) throw tooLarge()
  return Buffer.concat(chunks)
}

/** A body's JSON; of none, an empty object. @throws KmsError SerializationException. */
export function jsonOf(body: Buffer): unknown {
  if (body.length === 0) return {}
  try {
    return readJson(new TextDecoder('utf-8', { fatal: true }).decode(body), JSON_LIMITS)
  } catch (cause) {
    throw new KmsError('SerializationException', 'The request is not JSON that can be read.', { cause })
  }
}

/** The members of a form, or its first fault in words for the person who filled it in. */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const member = issue?.path.join('.')
  throw new KmsError(
    'ValidationException',
    member ? `${member}: ${issue?.message}` : 'The request is not understood.',
  )
}

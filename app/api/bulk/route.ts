import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import { type BulkLine, BulkRequest, bulkCall } from '#lib/console/bulk.ts'
import { act } from '#lib/console/engine.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'
import { requireSigned } from '#lib/console/session.ts'

type Sent = z.infer<typeof BulkRequest>

// A quota that is used up fills again within a second.
const TRIES = 5
const PAUSE_MS = 400

async function oneKey(
  { deed, region, tag, days }: Sent,
  key: string,
  signal: AbortSignal,
): Promise<BulkLine> {
  const { name, input } = bulkCall(deed, key, { tag, days })
  for (let tries = 1; ; tries++) {
    // The input is this operation's; the engine checks it against the schema.
    const result = await act(name, input as never, { region })
    if (result.ok) return { key, ok: true, eventId: result.eventId }
    if (result.error.code !== 'ThrottlingException' || tries === TRIES || signal.aborted)
      return { key, ok: false, error: result.error }
    await pause(PAUSE_MS * tries)
  }
}

/** After these nothing more can succeed until the person has done something. */
const ENDS: readonly string[] = ['PasswordNeeded', 'SessionEnded', 'EngineUnreachable']

/** A line of JSON as soon as a key's call has answered. It stops when the browser goes away. */
function streamed(sent: Sent, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async start(controller) {
      try {
        for (const key of sent.keys) {
          if (signal.aborted) break
          const line = await oneKey(sent, key, signal)
          if (signal.aborted) break
          controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
          if (!line.ok && ENDS.includes(line.error.code)) break
        }
        controller.close()
      } catch (thrown) {
        controller.error(thrown)
      }
    },
  })
}

/** One deed, done to up to 20 keys one after the other, each as a call of its own by the person who is signed in. */
export async function POST(request: Request): Promise<Response> {
  let sent: Sent | undefined
  const refused = await answer(async () => {
    await requireOwnOrigin()
    await requireSigned()
    const parsed = BulkRequest.safeParse(await request.json().catch(() => undefined))
    if (!parsed.success) {
      const message = 'A deed takes 1 to 20 keys.'
      throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
    }
    sent = parsed.data
  })
  if (!sent) return refused
  const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' }
  return new Response(streamed(sent, request.signal), { headers })
}

/**
 * Answers of the desk that come in pieces: handed on as they come, no faster than they are taken, and given up when nobody
 * takes them any more. On a connection of their own, so that a live tail takes none from screens.
 */
import { type IncomingMessage, request } from 'node:http'
import { type DeskHeaders, headersOf, refusalOf, target, UNREACHABLE } from './desk.ts'
import { EngineRefusal } from './messages.ts'

const REFUSAL_LIMIT = 65_536
/** Until the answer begins: an export looks first how large it is. */
const BEGIN_MS = 30_000

export type DeskStream = { readonly type: string; readonly body: ReadableStream<Uint8Array> }

async function refusalIn(answer: IncomingMessage): Promise<EngineRefusal> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer) {
    size += part.length
    if (size > REFUSAL_LIMIT) break
    parts.push(part)
  }
  try {
    return new EngineRefusal(refusalOf(JSON.parse(Buffer.concat(parts).toString('utf8'))))
  } catch {
    return new EngineRefusal(UNREACHABLE)
  }
}

/** An answer as a stream that breaks when the answer does, and destroys it when it is cancelled. */
function streamOf(answer: IncomingMessage): ReadableStream<Uint8Array> {
  let over = false
  const once = (ending: () => void) => {
    if (!over) ending()
    over = true
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      answer.on('data', (part: Buffer) => {
        if (over) return
        controller.enqueue(new Uint8Array(part))
        if ((controller.desiredSize ?? 1) <= 0) answer.pause()
      })
      answer.on('end', () => once(() => controller.close()))
      answer.on('error', (error) => once(() => controller.error(error)))
    },
    pull: () => void answer.resume(),
    cancel: () => once(() => answer.destroy()),
  })
}

type Asked = { readonly about: DeskHeaders; readonly signal: AbortSignal }

/** Posts to the desk and gives the beginning of its answer. Throws EngineRefusal for what is none. */
export async function deskStream(path: string, body: unknown, { about, signal }: Asked): Promise<DeskStream> {
  const payload = Buffer.from(JSON.stringify(body ?? {}))
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const headers = headersOf(about, payload.length)
  const sent = request({ ...target(), path, method: 'POST', headers, agent: false }, resolve)
  const late = setTimeout(() => sent.destroy(new Error('timeout')), BEGIN_MS)
  const leave = () => sent.destroy()
  signal.addEventListener('abort', leave, { once: true })
  sent.on('error', reject)
  sent.on('close', () => signal.removeEventListener('abort', leave))
  sent.end(payload)
  let answer: IncomingMessage
  try {
    answer = await promise
  } catch {
    throw new EngineRefusal(UNREACHABLE)
  } finally {
    clearTimeout(late)
  }
  if (answer.statusCode !== 200) throw await refusalIn(answer)
  return { type: answer.headers['content-type'] ?? '', body: streamOf(answer) }
}

/** Test support: server-sent events of the desk, one after the other. */
import type { IncomingMessage } from 'node:http'

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent
export type Sent = { readonly event: string; readonly id: string; readonly data: any }

export type EventStream = {
  /** The next event; undefined when the stream has ended. */
  readonly next: () => Promise<Sent | undefined>
  /** The next of a kind; what comes before it is left out. */
  readonly nextOf: (kind: string) => Promise<Sent>
  readonly close: () => void
}

async function* eventsIn(answer: IncomingMessage): AsyncGenerator<Sent> {
  let rest = ''
  answer.setEncoding('utf8')
  for await (const chunk of answer) {
    const blocks = `${rest}${chunk}`.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)))
      yield { event: fields.event, id: fields.id, data: JSON.parse(fields.data) }
    }
  }
}

export function eventStream(answer: IncomingMessage): EventStream {
  const events = eventsIn(answer)
  const next = async () => (await events.next()).value as Sent | undefined
  return {
    next,
    async nextOf(kind) {
      for (let sent = await next(); sent; sent = await next()) if (sent.event === kind) return sent
      throw new Error(`the stream ended without ${kind}`)
    },
    close: () => answer.destroy(),
  }
}

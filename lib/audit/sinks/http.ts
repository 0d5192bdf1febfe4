/**
 * The sink at a URL: a checkpoint is posted there as text, and any 2xx says that it is kept. Where the same URL also
 * answers GET with the newest note that was posted, a restored backup is found by it; where it does not, nothing is lost.
 */
import { exchange } from './exchange.ts'
import { type ReadNote, type Sink, SinkError } from './sink.ts'

/** @throws SinkError only when it is asked to deliver. */
export function httpSink(url: URL, read: ReadNote): Sink {
  // Not its path, which may be the secret by which the place knows us.
  const name = `http ${url.host}`
  return {
    name,
    kind: 'http',
    async deliver({ note }) {
      const headers = { 'content-type': 'text/plain; charset=utf-8' }
      const { status } = await exchange({ method: 'POST', url, body: note, headers })
      if (status < 200 || status > 299) throw new SinkError(`it answered ${status}`)
      return {}
    },
    async newest() {
      const { status, body } = await exchange({ method: 'GET', url })
      const head = status === 200 ? read(body) : undefined
      return head && { ...head, where: name }
    },
  }
}

/** One exchange with a server that the operator named: no redirects, ten seconds, a small answer. */
import { Buffer } from 'node:buffer'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { SinkError } from './sink.ts'

const TIMEOUT_MS = 10_000
const LARGEST_ANSWER = 64 * 1024

export type Asked = {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}
export type Answered = {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** What may be said of a failure: a code, never the address, which may hold a secret. */
function faultOf(thrown: unknown): SinkError {
  if (thrown instanceof SinkError) return thrown
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'no answer'
  return new SinkError(`it cannot be reached (${code})`, { cause: thrown })
}

/** @throws SinkError where there is no whole answer in time. */
export function exchange({ method, url, body, headers }: Asked): Promise<Answered> {
  const request = url.protocol === 'https:' ? tlsRequest : plainRequest
  const { promise, resolve, reject } = Promise.withResolvers<Answered>()
  const fail = (thrown: unknown) => reject(faultOf(thrown))
  const sent = request(url, { method, agent: false, headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
  sent.on('error', fail)
  sent.on('response', (response) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > LARGEST_ANSWER) response.destroy(new SinkError('its answer is too large'))
      else chunks.push(chunk)
    })
    response.on('error', fail)
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        contentType: response.headers['content-type'] ?? '',
        body: Buffer.concat(chunks).toString('utf8'),
      }),
    )
  })
  sent.end(body)
  return promise
}

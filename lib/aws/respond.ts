/** An answer onto its connection. Every answer carries a request id and is stored by nobody. */
import type { ServerResponse } from 'node:http'
import { type Arriving, discardRest } from './body.ts'
import type { Answer } from './errors.ts'

function head(answer: Answer, requestId: string): string[] {
  return [
    'x-amzn-RequestId',
    requestId,
    'Content-Type',
    answer.contentType,
    'Cache-Control',
    'no-store',
    'Content-Length',
    String(Buffer.byteLength(answer.body)),
  ]
}

export function send(response: ServerResponse, answer: Answer, requestId: string): void {
  response.writeHead(answer.status, head(answer, requestId))
  response.end(answer.body)
}

/** Answers while the body is still coming, and closes: ending at once would reset the connection under the answer. */
export function sendAndCut({ request, response }: Arriving, answer: Answer, requestId: string): void {
  response.writeHead(answer.status, [...head(answer, requestId), 'Connection', 'close'])
  response.write(answer.body)
  discardRest(request)
}

/** For tests: bytes onto a socket and back, for what no HTTP client would send. */
import { connect } from 'node:net'
import type { TestEdge } from './testing.ts'

export type RawAnswer = { status: number | undefined; text: string; ms: number }

/** Sends the chunks and reads until the other side closes or has answered once. */
export function exchangeRaw(edge: TestEdge, ...chunks: (string | Uint8Array)[]): Promise<RawAnswer> {
  const started = performance.now()
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(edge.address.port, '127.0.0.1', () => {
      for (const chunk of chunks) socket.write(chunk)
    })
    const done = () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]
      resolve({
        status: status === undefined ? undefined : Number(status),
        text,
        ms: performance.now() - started,
      })
      socket.destroy()
    }
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      const [head, body] = text.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head ?? '')?.[1])
      if (body !== undefined && body.length >= length && !/100 Continue/.test(text)) done()
    })
    socket.on('error', () => undefined)
    socket.on('close', done)
  })
}

/** A request's head as text, Host first. */
export function headOf(
  edge: TestEdge,
  headers: Record<string, string | string[]>,
  line = 'POST / HTTP/1.1',
): string {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}`),
  )
  return [line, `host: 127.0.0.1:${edge.address.port}`, ...lines, '', ''].join('\r\n')
}

/**
 * Checkpoints to a syslog server (RFC 5424): a datagram each, or over TCP with the octet count before it (RFC 6587
 * §3.4.1). Syslog answers nothing: what was handed to the network counts as delivered.
 *
 *   <109>1 <time> - keyhouse - checkpoint - {"note":"…"}
 */
import { Buffer } from 'node:buffer'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import type { Checkpoint } from '../tree/checkpoints.ts'
import { type Sink, SinkError } from './sink.ts'

const TIMEOUT_MS = 10_000
const DEFAULT_PORT = 514

/** Facility 13 (log audit), severity 5 (notice). */
const PRIORITY = 13 * 8 + 5

const messageOf = ({ at, note }: Checkpoint): Buffer =>
  Buffer.from(`<${PRIORITY}>1 ${at.toISOString()} - keyhouse - checkpoint - ${JSON.stringify({ note })}`)

type Place = { readonly host: string; readonly port: number }

const unreachable = (cause: unknown) =>
  new SinkError(
    `it cannot be reached (${cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'})`,
    { cause },
  )

function byDatagram({ host, port }: Place, message: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.once('error', reject)
  socket.send(message, port, host, (error) => (error ? reject(error) : resolve()))
  return promise.finally(() => socket.close())
}

function byStream({ host, port }: Place, message: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect({ host, port, timeout: TIMEOUT_MS })
  socket.once('error', reject)
  socket.once('timeout', () => reject(new SinkError('it does not answer')))
  socket.once('connect', () =>
    socket.end(Buffer.concat([Buffer.from(`${message.length} `), message]), () => resolve()),
  )
  return promise.finally(() => socket.destroySoon())
}

/** `url` is udp://host:port or tcp://host:port; the port is 514 unless it is given. */
export function syslogSink(url: URL): Sink {
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const send = url.protocol === 'udp:' ? byDatagram : byStream
  return {
    name: `syslog ${url.protocol}//${url.host}`,
    kind: 'syslog',
    async deliver(checkpoint) {
      try {
        await send({ host, port }, messageOf(checkpoint))
      } catch (cause) {
        throw cause instanceof SinkError ? cause : unreachable(cause)
      }
      return {}
    },
  }
}

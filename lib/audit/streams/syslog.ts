/**
 * Events to a syslog server. Syslog answers nothing; so over TCP each batch has a connection of its own, and is kept when
 * the server has read to its end and closed: what a crash of the server swallowed comes again. Over UDP nobody knows, and
 * what was handed to the network counts.
 */
import { Buffer } from 'node:buffer'
import { createSocket, type Socket as Datagrams } from 'node:dgram'
import { connect } from 'node:net'
import { SinkError } from '../sinks/sink.ts'
import type { StreamedEvent } from './batch.ts'
import type { EventStream } from './streams.ts'
import { framed, syslogMessage } from './syslog-message.ts'

const TIMEOUT_MS = 10_000
const DEFAULT_PORT = 514
/** What an IPv4 datagram can carry. */
const LARGEST_DATAGRAM = 65_507
/** A machine that has no such server says so right away. */
const REFUSAL_MS = 30

type Place = { readonly host: string; readonly port: number }

/** Until the data is there for sure: who closes before it has read then resets the connection, or is seen to close. */
const arrival = (connecting: number) => Math.max(20, 2 * connecting)

function byStream(place: Place, events: readonly StreamedEvent[], timeoutMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect(place)
  const began = performance.now()
  let ending: NodeJS.Timeout | undefined
  const deadline = setTimeout(() => socket.destroy(new SinkError('it does not answer')), timeoutMs)
  socket.on('connect', () => {
    const wait = arrival(performance.now() - began)
    socket.write(Buffer.concat(events.map((event) => framed(syslogMessage(event)))), () => {
      ending = setTimeout(() => socket.end(), wait)
    })
  })
  // What it says is of no interest, but its end is.
  socket.resume()
  socket.on('end', () => {
    if (!socket.writableFinished) socket.destroy(new SinkError('it closed before everything was read'))
  })
  socket.on('error', reject)
  socket.on('close', () => resolve())
  return promise.finally(() => {
    clearTimeout(deadline)
    clearTimeout(ending)
  })
}

const sendOne = (socket: Datagrams, message: Buffer) =>
  new Promise<void>((resolve, reject) => socket.send(message, (error) => (error ? reject(error) : resolve())))

async function byDatagrams({ host, port }: Place, events: readonly StreamedEvent[]): Promise<void> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  const failure = new Promise<never>((_, reject) => socket.on('error', reject))
  const sending = async () => {
    await new Promise<void>((resolve) => socket.connect(port, host, resolve))
    for (const event of events) await sendOne(socket, syslogMessage(event, LARGEST_DATAGRAM))
    await new Promise((resume) => setTimeout(resume, REFUSAL_MS))
  }
  try {
    await Promise.race([sending(), failure])
  } finally {
    socket.close()
  }
}

/** `url` is tcp://host:port or udp://host:port; the port is 514 unless it is given. */
export function syslogStream(url: URL, timeoutMs = TIMEOUT_MS): EventStream {
  const place = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
  }
  return {
    name: `events-syslog ${url.protocol}//${url.host}`,
    send: (events) =>
      url.protocol === 'udp:' ? byDatagrams(place, events) : byStream(place, events, timeoutMs),
  }
}

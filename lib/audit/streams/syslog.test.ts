/** Streams to syslog servers that close too early, never, or are away: nothing is lost, and nothing comes out of order. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventIdOf, openStreamedWorld, type StreamedWorld, until } from '#lib/testing/streamed-world.ts'
import { syslogStream } from './syslog.ts'

let world: StreamedWorld
beforeAll(async () => {
  world = await openStreamedWorld()
  await world.happen(5)
})
afterEach(() => world.calm())
afterAll(() => world?.close())

/** Messages of a stream, each with its octets counted before it. */
function messagesIn(bytes: Buffer): string[] {
  const messages: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at)
    const length = Number(bytes.subarray(at, space).toString())
    messages.push(bytes.subarray(space + 1, space + 1 + length).toString())
    at = space + 1 + length
  }
  return messages
}

async function tcpReceiver(connected: (socket: Socket, count: number) => 'take' | 'leave', port = 0) {
  const taken: string[] = []
  const sockets = new Set<Socket>()
  let count = 0
  const server = createTcpServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    const chunks: Buffer[] = []
    if (connected(socket, count++) === 'leave') return
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => {
      taken.push(...messagesIn(Buffer.concat(chunks)))
      socket.end()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  world.closing.push(close)
  const { port: bound } = server.address() as AddressInfo
  return { taken, port: bound, close, url: new URL(`tcp://127.0.0.1:${bound}`) }
}

const recordIn = (message: string) => eventIdOf(message.slice(message.indexOf('] ') + 2))

describe('syslog over TCP', () => {
  it('takes every event as a message of its own, in order', async () => {
    const { taken, url } = await tcpReceiver(() => 'take')
    world.start(syslogStream(url))
    await until(async () => taken.length === (await world.ids()).length)
    expect(taken.map(recordIn)).toEqual(await world.ids())
    const sequence = taken.map((message) => Number(/sequenceId="(\d+)"/.exec(message)?.[1]))
    expect(sequence).toEqual([...sequence].sort((a, b) => a - b))
  })

  it.each<[string, (socket: Socket) => void]>([
    ['closes before it has read', (socket) => void socket.destroy()],
    ['resets the connection', (socket) => void socket.resetAndDestroy()],
    ['reads and does not close', (socket) => void socket.resume()],
  ])('that %s is told the same again', async (_, misbehave) => {
    const { taken, url } = await tcpReceiver((socket, count) => {
      if (count > 1) return 'take'
      misbehave(socket)
      return 'leave'
    })
    world.start(syslogStream(url, 200))
    await until(world.isTold)
    expect(taken.map(recordIn)).toEqual(await world.ids())
    expect(world.faults).toHaveLength(1)
  })

  it('that is away goes on where it stopped', async () => {
    const before = await tcpReceiver(() => 'take')
    world.start(syslogStream(before.url))
    await until(async () => before.taken.length === (await world.ids()).length)
    before.close()
    await world.happen(3)
    await until(async () => (await world.delivery()).fault !== null)
    const after = await tcpReceiver(() => 'take', before.port)
    await until(world.isTold)
    expect([...before.taken, ...after.taken].map(recordIn)).toEqual(await world.ids())
  })
})

describe('syslog over UDP', () => {
  const listen = async (port = 0) => {
    const taken: string[] = []
    const socket = createSocket('udp4')
    socket.on('message', (message) => void taken.push(message.toString()))
    socket.bind(port, '127.0.0.1')
    await once(socket, 'listening')
    let closed = false
    const close = () => {
      if (!closed) socket.close()
      closed = true
    }
    world.closing.push(close)
    const bound = socket.address().port
    return { taken, port: bound, close, url: new URL(`udp://127.0.0.1:${bound}`) }
  }

  it('takes every event as a datagram', async () => {
    const { taken, url } = await listen()
    world.start(syslogStream(url))
    await until(async () => taken.length === (await world.ids()).length)
    expect(taken.map(recordIn)).toEqual(await world.ids())
  })

  it('of a machine that has no such server is told again when there is one', async () => {
    const { port, close, url } = await listen()
    close()
    world.start(syslogStream(url))
    await until(
      async () => (await world.delivery()).fault !== undefined && (await world.delivery()).fault !== null,
    )
    const { taken } = await listen(port)
    await until(async () => new Set(taken.map(recordIn)).size === (await world.ids()).length)
  })
})

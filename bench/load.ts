/** Load from this process: keep-alive connections that each send the next request when the last one is answered. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export const CONNECTIONS = 16

export type Result = {
  readonly answered: number
  readonly seconds: number
  readonly milliseconds: Float64Array
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

type Answer = { readonly status: number; readonly body: string }

/** The answer at the front of what was received, or undefined while it is not whole. Only for servers of ours. */
function wholeAnswer(received: Buffer): Answer | undefined {
  const end = received.indexOf(END_OF_HEAD)
  if (end < 0) return undefined
  const head = received.toString('latin1', 0, end)
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
  if (received.length < end + 4 + length) return undefined
  return { status: Number(head.slice(9, 12)), body: received.toString('utf8', end + 4) }
}

/** Sends one request and waits for its answer. Throws for any that is not 200. */
function exchange(socket: Socket, request: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = wholeAnswer(received)
      if (!answer) return
      socket.off('data', onData)
      socket.off('close', onClose)
      if (answer.status === 200) resolve(answer)
      else reject(new Error(`answered ${answer.status}: ${answer.body}`))
    }
    const onClose = () => reject(new Error('the connection closed'))
    socket.on('data', onData)
    socket.on('close', onClose)
    socket.write(request)
  })
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** Sends one request on a connection of its own; gives the answer's members. */
export async function ask(port: number, request: Buffer): Promise<Record<string, string>> {
  const socket = await open(port)
  try {
    return JSON.parse((await exchange(socket, request)).body)
  } finally {
    socket.destroy()
  }
}

/** Sends the requests round and round for a time, on all connections at once. */
export async function load(port: number, requests: readonly Buffer[], seconds: number): Promise<Result> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)))
  const times: number[] = []
  const begun = performance.now()
  const end = begun + seconds * 1000
  let next = 0
  const work = async (socket: Socket) => {
    for (let now = performance.now(); now < end; ) {
      const request = requests[next++ % requests.length]
      if (!request) throw new Error('nothing to send')
      await exchange(socket, request)
      const after = performance.now()
      times.push(after - now)
      now = after
    }
  }
  try {
    await Promise.all(sockets.map(work))
  } finally {
    for (const socket of sockets) socket.destroy()
  }
  return {
    answered: times.length,
    seconds: (performance.now() - begun) / 1000,
    milliseconds: Float64Array.from(times),
  }
}

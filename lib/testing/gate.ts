/** Stands between an engine and its database: open, closed (connections cut and refused), or frozen (nothing passes). */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Gate = {
  /** The database's URL, through the gate. */
  readonly url: string
  readonly set: (state: 'open' | 'closed' | 'frozen') => void
  readonly close: () => void
}

export async function openGate(databaseUrl: string): Promise<Gate> {
  const real = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let state: 'open' | 'closed' | 'frozen' = 'open'
  const tie = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.on('data', (bytes) => {
      if (state === 'open') to.write(bytes)
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
  const server = createServer((near) => {
    if (state === 'closed') return void near.destroy()
    const far = connect(Number(real.port), real.hostname)
    tie(near, far)
    tie(far, near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the gate has no port')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    set(next) {
      state = next
      if (next !== 'open') return next === 'closed' ? cut() : undefined
      // What was swallowed while frozen would leave the two sides waiting for each other.
      cut()
    },
    close() {
      cut()
      server.close()
    },
  }
}

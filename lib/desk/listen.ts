/** Listening on a Unix socket that may be left over from a process that was killed. */
import { chmod, lstat, unlink } from 'node:fs/promises'
import { type AddressInfo, connect, type Server } from 'node:net'

/** A socket's path; a loopback port on Windows, 0 for any that is free. */
export type DeskAddress = { readonly path: string } | { readonly port: number }

const LOOPBACK = '127.0.0.1'

const listening = (server: Server, at: { path: string } | { port: number; host: string }) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => {
      server.off('error', reject)
      resolve()
    })
  })

/** Whether a living process answers on the socket. */
const answers = (path: string) =>
  new Promise<boolean>((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })

async function removeLeftover(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found?.isSocket() && !(await answers(path))) await unlink(path)
}

/**
 * Binds the server; gives where it listens.
 * The folder decides who reaches the socket and the channel secret who is heard, so the socket is open to the group.
 */
export async function listenAt(server: Server, address: DeskAddress): Promise<DeskAddress> {
  if ('path' in address) {
    await removeLeftover(address.path)
    await listening(server, address)
    await chmod(address.path, 0o660)
    return address
  }
  await listening(server, { port: address.port, host: LOOPBACK })
  // A TCP server that listens has an address of this shape.
  return { port: (server.address() as AddressInfo).port }
}

/** Whether an address can be listened on, asked before anything is started, so that the answer names the setting. */
import { createServer } from 'node:net'
import { type ListenAddress, printAddress } from './listen-address.ts'

/** Undefined where it is free, else a sentence for the operator. */
export function portFault(address: ListenAddress, setting: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const server = createServer()
  server.once('error', (error) => resolve(sentence(address, setting, String(Reflect.get(error, 'code')))))
  server.listen(address.port, address.host, () => server.close(() => resolve(undefined)))
  return promise
}

function sentence(address: ListenAddress, setting: string, code: string): string {
  const where = printAddress(address)
  const known: Record<string, string> = {
    EADDRINUSE: `${where} is in use by another program. Stop it, or set ${setting} to another port.`,
    EACCES: `${where} may not be used by this user: ports below 1024 belong to root. Set ${setting} to another port.`,
    EADDRNOTAVAIL: `${where} is not an address of this machine. Set ${setting} to one that is.`,
  }
  return known[code] ?? `${where} cannot be listened on (${code}). Set ${setting} to another address.`
}

/** Addresses that Keyhouse listens on, as people write them: 127.0.0.1:4566, localhost:3000, [::1]:443. */
import { isIP } from 'node:net'
import { z } from 'zod'

export type ListenAddress = { readonly host: string; readonly port: number }

const PATTERN = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/

/** `host:port`; an IPv6 address goes in brackets. */
export const listenAddress = z.string().transform((text, context): ListenAddress => {
  const [, six, other, digits] = PATTERN.exec(text) ?? []
  const host = six ?? other
  const port = Number(digits)
  if (host === undefined || port < 1 || port > 65535 || (six !== undefined && isIP(six) !== 6)) {
    context.addIssue({
      code: 'custom',
      message: 'must be an address and a port, like 127.0.0.1:4566 or [::1]:4566',
    })
    return z.NEVER
  }
  return { host, port }
})

/** True where only this machine can reach the host. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
}

/** As it stands in a URL. */
export function printAddress(address: ListenAddress): string {
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`
}

/** How a request arrived, for the caller's record. Strings here come from outside and are bounded. */
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { Channel } from '#lib/domain/caller.ts'
import type { Received } from './received.ts'

const INVOCATION_ID = /^[\w-]{8,64}$/

type Arrival = { readonly bodyHash: Buffer; readonly vpcEndpoint: string | undefined }

export function channelOf(
  { arriving, headers, progress }: Received,
  { bodyHash, vpcEndpoint }: Arrival,
): Channel {
  const { values } = headers
  const invocationId = values.get('amz-sdk-invocation-id')
  return {
    via: 'wire',
    address: progress.address,
    userAgent: (values.get('user-agent') ?? '').slice(0, 1024),
    tls: tlsOf(arriving.request),
    host: (values.get('host') ?? '').slice(0, 255),
    requestId: progress.requestId,
    invocationId: invocationId !== undefined && INVOCATION_ID.test(invocationId) ? invocationId : undefined,
    bodyHash,
    ...(vpcEndpoint !== undefined && { vpcEndpoint }),
  }
}

function tlsOf({ socket }: IncomingMessage): Channel['tls'] {
  if (!(socket instanceof TLSSocket)) return undefined
  return { version: socket.getProtocol() ?? '', cipher: socket.getCipher().standardName }
}

/** IPv4 as itself, also when the socket speaks IPv6. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
}

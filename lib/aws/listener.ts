/**
 * The address that programs speak to: sockets, their limits and their end (R41, R42).
 * What is said on them is exchange.ts. No CORS: a browser has nothing to do here.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { uuidv4 } from '#lib/crypto/random.ts'
import { addressGroup, newAttempts } from './attempts.ts'
import type { Door, Log } from './door.ts'
import { JSON_TYPE } from './errors.ts'
import { exchange } from './exchange.ts'
import { newHealth } from './health.ts'
import type { Edge } from './received.ts'
import { MAX_HEADERS } from './request-headers.ts'

export type ServeOptions = {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** PEM. Without it the address speaks plain HTTP; whether it may is decided by who starts it. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer }
  /** The VPC endpoint that the address stands for. */
  readonly vpcEndpoint?: string
  readonly log: Log
}

export type AwsListener = { readonly address: AddressInfo; close(): Promise<void> }

const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  // How often the two above are looked at; Node's own 30 s would make them 35 s and 40 s.
  connectionsCheckingInterval: 1_000,
  // Longer than what SDKs keep idle connections for, so that they, not we, are the first to close.
  keepAliveTimeout: 65_000,
}
const SOCKET_IDLE_MS = 30_000
const MAX_CONNECTIONS = 4_096
const MAX_CONNECTIONS_PER_ADDRESS = 256
const CLOSE_WITHIN_MS = 10_000

/** Serves until closed. Rejects when the address cannot be had (EADDRINUSE, EACCES …). */
export async function serveAws(door: Door, options: ServeOptions): Promise<AwsListener> {
  let closing = false
  const edge: Edge = {
    door,
    log: options.log,
    attempts: newAttempts(),
    health: newHealth(door),
    closing: () => closing,
    vpcEndpoint: options.vpcEndpoint,
  }
  const server = options.tls
    ? createTlsServer({ ...LIMITS, ...options.tls, minVersion: 'TLSv1.2' })
    : createServer(LIMITS)
  // Node would drop headers above a count in silence; they are counted in exchange instead.
  server.maxHeadersCount = 0
  server.maxConnections = MAX_CONNECTIONS
  server.timeout = SOCKET_IDLE_MS
  boundConnections(server)
  const busy = new WeakSet<Duplex>()
  answerRequests(server, edge, busy)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseNoise(error, socket, busy))
  await listening(server, options)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('listening, but on no address')
  return {
    address,
    close() {
      closing = true
      return closed(server)
    },
  }
}

function listening(server: Server, { host, port }: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function answerRequests(server: Server, edge: Edge, busy: WeakSet<Duplex>): void {
  const take = (wantsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    busy.add(request.socket)
    response.on('close', () => busy.delete(request.socket))
    if (request.rawHeaders.length > MAX_HEADERS * 2) return void request.socket.end(noise(431))
    void exchange(edge, { request, response, wantsContinue })
  }
  server.on('request', take(false))
  // Otherwise Node would invite the body before its size was looked at.
  server.on('checkContinue', take(true))
}

/** Counts open sockets by address; one too many is closed before it is spoken to. */
function boundConnections(server: Server): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const group = addressGroup(socket.remoteAddress ?? '')
    const count = (open.get(group) ?? 0) + 1
    if (count > MAX_CONNECTIONS_PER_ADDRESS) return void socket.destroy()
    open.set(group, count)
    socket.on('close', () => {
      const left = (open.get(group) ?? 1) - 1
      if (left === 0) open.delete(group)
      else open.set(group, left)
    })
  })
}

const STATUS_LINES = {
  400: '400 Bad Request',
  408: '408 Request Timeout',
  431: '431 Request Header Fields Too Large',
} as const

/** What did not even parse as HTTP. An answer in progress on the socket must not be cut into. */
function refuseNoise(error: NodeJS.ErrnoException, socket: Duplex, busy: WeakSet<Duplex>): void {
  if (error.code === 'ECONNRESET' || !socket.writable || busy.has(socket)) return void socket.destroy()
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  socket.end(noise(status), () => socket.destroy())
}

function noise(status: keyof typeof STATUS_LINES): string {
  const body = JSON.stringify({ __type: 'SerializationException', message: 'The request could not be read.' })
  return [
    `HTTP/1.1 ${STATUS_LINES[status]}`,
    `x-amzn-RequestId: ${uuidv4()}`,
    `Content-Type: ${JSON_TYPE}`,
    'Cache-Control: no-store',
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

/** Takes nothing new, lets what was begun end, and cuts what has not ended in time. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
    const sweep = setInterval(() => server.closeIdleConnections(), 100)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(sweep)
      resolve()
    })
    server.closeIdleConnections()
  })
}

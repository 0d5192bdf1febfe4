/**
 * The console's process: Next's standalone server, or Next in development, with the two things Next lacks. It ends
 * when the supervisor does (standard input ends), and it speaks TLS where the supervisor hands it a certificate.
 * It holds no secret but the channel's, which lib/console reads from descriptor 3.
 */
import http from 'node:http'
import https from 'node:https'
import { createInterface } from 'node:readline'

/** The first line of standard input: { tls?: { cert, key }, development?: string }. */
function greeting() {
  const lines = createInterface({ input: process.stdin })
  // Nothing is under way here that the engine would not finish.
  lines.once('close', () => process.exit(0))
  return new Promise((resolve) => lines.once('line', (line) => resolve(JSON.parse(line))))
}

// Next believes these before the connection itself, so a browser could choose its own aws:SourceIp.
const CLAIMS = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded']

const withoutClaims = (handler) => (request, response) => {
  for (const name of CLAIMS) delete request.headers[name]
  return handler(request, response)
}

/** Next makes its server with http.createServer and has no other way in; it gets one that speaks TLS where it must. */
function replaceServers(tls) {
  const createPlain = http.createServer
  http.createServer = (...args) => {
    const handler = withoutClaims(args.find((arg) => typeof arg === 'function'))
    return tls ? https.createServer({ ...tls, minVersion: 'TLSv1.2' }, handler) : createPlain(handler)
  }
}

async function serveDevelopment(folder) {
  const { default: next } = await import('next')
  const hostname = process.env.HOSTNAME
  const port = Number(process.env.PORT)
  const app = next({ dev: true, dir: folder, hostname, port })
  await app.prepare()
  const server = http.createServer(app.getRequestHandler())
  server.on('upgrade', app.getUpgradeHandler())
  server.listen(port, hostname)
}

process.on('SIGTERM', () => process.exit(0))
const { tls, development } = await greeting()
replaceServers(tls)
if (development) await serveDevelopment(development)
else await import('./server.js')

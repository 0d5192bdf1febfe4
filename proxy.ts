/**
 * Headers of every page, and nothing more: who may see a page is decided by the page (lib/console/session.ts).
 * A nonce per answer is the only way for a script to run.
 */
import { type NextRequest, NextResponse } from 'next/server'
import { developing, environment } from '#lib/console/environment.ts'
import { REQUEST_PATH } from '#lib/console/request-path.ts'

function contentSecurityPolicy(nonce: string): string {
  const scripts = developing ? " 'unsafe-eval'" : ''
  const styles = developing ? "'unsafe-inline'" : `'nonce-${nonce}'`
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${scripts}`,
    `style-src 'self' ${styles}`,
    // React sets style attributes where a size comes from data.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
}

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const sent = new Headers(request.headers)
  sent.set('x-nonce', nonce)
  // Next takes the nonce for its own scripts from here.
  sent.set('content-security-policy', policy)
  sent.set(REQUEST_PATH, request.nextUrl.pathname + request.nextUrl.search)
  const answer = NextResponse.next({ request: { headers: sent } })
  answer.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(HEADERS)) answer.headers.set(name, value)
  // Next would gather events until there are enough to pack; what a handler says itself is not asked.
  if (request.nextUrl.pathname === '/api/tail') answer.headers.set('cache-control', 'no-store, no-transform')
  if (environment().secure) answer.headers.set('strict-transport-security', 'max-age=31536000')
  return answer
}

export const config = { matcher: ['/((?!_next/static|favicon.svg).*)'] }

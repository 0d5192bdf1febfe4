/**
 * Changes are accepted from the console's own pages only: Origin must be the configured one, present and exact, and
 * where a browser says how the request came about, it must have come from the same origin (R87).
 */
import { headers } from 'next/headers'
import { environment } from './environment.ts'
import { EngineRefusal } from './messages.ts'

/** Whether a request's headers are those of the console's own pages. */
export function fromOwnPages(sent: Pick<Headers, 'get'>, origin: string): boolean {
  const site = sent.get('sec-fetch-site')
  return sent.get('origin') === origin && (site === null || site === 'same-origin')
}

/** Throws an OriginRefused refusal for a change that did not come from our own pages. */
export async function requireOwnOrigin(): Promise<void> {
  if (fromOwnPages(await headers(), environment().consoleUrl.origin)) return
  const message = 'This change did not come from a page of the console at its configured address.'
  throw new EngineRefusal({ code: 'OriginRefused', message, requestId: null, eventId: null })
}

/**
 * Throws an OriginRefused refusal for a read that leaves a trace, and that another site's page asked for. Of reads a
 * browser sends no Origin; what the person typed or opened from the history comes from no site.
 */
export async function requireOwnPage(): Promise<void> {
  const site = (await headers()).get('sec-fetch-site')
  if (site === null || site === 'same-origin' || site === 'none') return
  const message = 'This was not asked for by a page of the console.'
  throw new EngineRefusal({ code: 'OriginRefused', message, requestId: null, eventId: null })
}

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

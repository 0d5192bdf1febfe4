/** Which other events belong to one: by its request, session, principal and key. Pure. */

import type { EventRow } from './events-query.ts'
import { termText } from './facet-terms.ts'

export type Relation = {
  readonly title: string
  readonly filter: string
  readonly from: Date
  readonly to: Date
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

type Related = Pick<EventRow, 'ts' | 'requestId' | 'actorArn' | 'accessKeyId' | 'keyId'>

const SESSION = /:assumed-role\//

/** What is looked for, and how far around the event; the end is not included. */
export function relationsOf({ ts, requestId, actorArn, accessKeyId, keyId }: Related): readonly Relation[] {
  const at = ts * 1000
  const around = (title: string, filter: string, ms: number): Relation => ({
    title,
    filter,
    from: new Date(at - ms),
    to: new Date(at + ms + 1),
  })
  return [
    ...(requestId ? [around('Same request', termText('request', requestId), HOUR_MS)] : []),
    ...(SESSION.test(actorArn)
      ? [around('Same session', termText('actor', actorArn), 12 * HOUR_MS)]
      : accessKeyId
        ? [around('Same access key', termText('access-key', accessKeyId), HOUR_MS)]
        : []),
    ...(actorArn === ''
      ? []
      : [around('Same principal, within 5 minutes', termText('actor', actorArn), 5 * MINUTE_MS)]),
    ...(keyId ? [around('Same key, around it', termText('key', keyId), 24 * HOUR_MS)] : []),
  ]
}

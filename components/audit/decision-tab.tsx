'use client'

import { ExplainedEvent } from '#components/access/explained.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { HELP } from '#lib/console/messages.ts'
import { decisionsOf, endOf } from './decision.ts'
import type { EventDetail } from './events-query.ts'

const isHelp = (code: string): code is keyof typeof HELP => Object.hasOwn(HELP, code)

/** Why there is no decision to show. */
function undecided({ Event: event }: EventDetail): string {
  if (event.class === 'auth') return 'A password decides about signing in, not a policy.'
  if (event.class === 'system')
    return 'Keyhouse did this by itself, as the key is configured. No policy was asked.'
  return 'The call ended before any policy was asked.'
}

/** Why the call was let through or refused: the six gates, the statement that decided, the values that were read. */
export function DecisionTab({ account, detail }: { account: string; detail: EventDetail }) {
  const { Event: event } = detail
  const decisions = decisionsOf(detail.Decision)
  return (
    <div className="space-y-5">
      {decisions.length > 1 && (
        <Hint>
          The call asked for several permissions: {decisions.map(endOf).join(', ')}. This is the decision that
          ended it.
        </Hint>
      )}
      {decisions.length === 0 ? (
        <Hint>{undecided(detail)}</Hint>
      ) : (
        <ExplainedEvent account={account} eventId={event.id} />
      )}
      {event.outcome === 'error' && event.errorCode && <Failure event={event} />}
    </div>
  )
}

type Event = EventDetail['Event']

function Failure({ event }: { event: Event }) {
  return (
    <Note tone="brass">
      <p className="font-semibold">
        Failed: <code className="font-normal text-mono">{event.errorCode}</code>
      </p>
      {event.detail !== '' && <p className="break-words">{event.detail}</p>}
      {event.errorCode && isHelp(event.errorCode) && <p>{HELP[event.errorCode]}</p>}
    </Note>
  )
}

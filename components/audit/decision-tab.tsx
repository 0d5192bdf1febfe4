import { TraceLadder } from '#components/trace-ladder.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { HELP } from '#lib/console/messages.ts'
import { conditionsOf, decisionsOf, type RecordedDecision, verdictOf } from './decision.ts'
import type { EventDetail } from './events-query.ts'

const isHelp = (code: string): code is keyof typeof HELP => Object.hasOwn(HELP, code)

/** Why there is no decision to show. */
function undecided({ Event: event }: EventDetail): string {
  if (event.class === 'auth') return 'A password decides about signing in, not a policy.'
  if (event.class === 'system')
    return 'Keyhouse did this by itself, as the key is configured. No policy was asked.'
  return 'The call ended before any policy was asked.'
}

function Judgement({
  decision,
  principal,
  titled,
}: {
  decision: RecordedDecision
  principal: string
  titled: boolean
}) {
  const { allowed, title, text } = verdictOf(decision, principal)
  return (
    <section className="space-y-3.5">
      {titled && (
        <h3 className="text-table font-semibold">
          <code className="text-mono">{decision.action}</code> on{' '}
          <code className="break-all text-mono">{decision.resource}</code>
        </h3>
      )}
      <TraceLadder gates={decision.gates} />
      <Note tone={allowed ? 'verdigris' : 'vermilion'}>
        <p className="font-semibold">{title}</p>
        <p>{text}</p>
      </Note>
    </section>
  )
}

/** Why the call was let through or refused: the gates in order, the statement that decided, the values that were read. */
export function DecisionTab({ detail }: { detail: EventDetail }) {
  const { Event: event } = detail
  const decisions = decisionsOf(detail.Decision)
  const conditions = conditionsOf(detail.Context)
  return (
    <div className="space-y-5">
      {decisions.length === 0 && <Hint>{undecided(detail)}</Hint>}
      {decisions.map((decision, index) => (
        <Judgement
          // biome-ignore lint/suspicious/noArrayIndexKey: a call may ask for the same action twice
          key={index}
          decision={decision}
          principal={event.actorArn}
          titled={decisions.length > 1}
        />
      ))}
      {event.outcome === 'error' && event.errorCode && (
        <Note tone="brass">
          <p className="font-semibold">
            {decisions.length > 0 ? 'Allowed, then failed' : 'Failed'}:{' '}
            <code className="font-normal text-mono">{event.errorCode}</code>
          </p>
          {event.detail !== '' && <p className="break-words">{event.detail}</p>}
          {isHelp(event.errorCode) && <p>{HELP[event.errorCode]}</p>}
        </Note>
      )}
      {conditions.length > 0 && (
        <section>
          <h3 className="mb-1.5 text-table font-semibold">Condition values that were read</h3>
          <Facts
            columns={1}
            facts={conditions.map(({ name, values }) => ({
              term: name,
              value:
                values === null ? (
                  <span className="text-text3">Not in the request</span>
                ) : (
                  <code className="break-all text-mono">{values.join(', ')}</code>
                ),
            }))}
          />
        </section>
      )}
    </div>
  )
}

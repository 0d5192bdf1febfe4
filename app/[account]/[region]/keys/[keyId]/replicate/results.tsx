import Link from 'next/link'
import { CallLine, type LineState } from '#components/create-key/creation-lines.tsx'
import { MutationError } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import type { Line, Went } from './use-replication.ts'

type ResultsProps = { account: string; keyId: string; lines: readonly Line[]; running: boolean; back: string }

const stateOf = ({ done, refusal }: Went, before = true): LineState =>
  refusal ? 'failed' : done ? 'done' : before ? 'running' : 'waiting'

/** What became of each Region: the replica, its alias, and the events that prove it. */
export function Results({ account, keyId, lines, running, back }: ResultsProps) {
  const reached = lines.findIndex(({ replica }) => !replica.done)
  return (
    <>
      <ul aria-label="Replicas" className="max-w-form border-t border-line">
        {lines.map(({ request: { to, alias }, replica, alias: named }, at) => (
          <li key={to}>
            <ul aria-label={to}>
              <CallLine state={stateOf(replica, at === reached)}>
                {replica.refusal ? `No replica was made in ${to}.` : replica.done ? `Replica in ${to}.` : to}{' '}
                {replica.done && !replica.refusal && (
                  <Link className="link" href={paths.key({ account, region: to }, keyId)}>
                    Open it
                  </Link>
                )}{' '}
                <EventLink account={account} went={replica} of={`ReplicateKey to ${to}`} />
                {replica.refusal && <MutationError refusal={replica.refusal} />}
              </CallLine>
              {named && !replica.refusal && (
                <CallLine state={stateOf(named, replica.done)}>
                  {named.refusal ? `${alias} wasn’t created in ${to}.` : `${alias} in ${to}.`}{' '}
                  <EventLink account={account} went={named} of={`CreateAlias in ${to}`} />
                  {named.refusal && <MutationError refusal={named.refusal} />}
                </CallLine>
              )}
            </ul>
          </li>
        ))}
      </ul>
      {!running && (
        <p className="mt-4">
          <LinkButton size="form" variant="primary" href={back}>
            Regions of this key
          </LinkButton>
        </p>
      )}
    </>
  )
}

function EventLink({ account, went, of }: { account: string; went: Went; of: string }) {
  if (!went.eventId) return null
  return (
    <Link href={paths.event(account, went.eventId)} className="link">
      View event<span className="sr-only"> of {of}</span>
    </Link>
  )
}

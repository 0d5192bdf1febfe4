'use client'

import Link from 'next/link'
import { principalName } from '#components/access/trace-words.ts'
import { count, formatDate, toDate } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { ErrorState } from '../states.tsx'
import { Time } from '../time.tsx'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/hint.tsx'
import { callsIn, filterOf, type Replayed, type ReplayGroup } from './replay.ts'
import type { Replay } from './use-replay.ts'

type ReportProps = { replay: Replay; scope: Scope; keyId: string }

/** What the last 30 days would have been like with the draft. */
export function ReplayReport({ replay, scope, keyId }: ReportProps) {
  const { result, state, refusal, cancel, restart } = replay
  const running = state === 'running'
  return (
    <section aria-label="Replay of the last 30 days" aria-busy={running} className="space-y-3">
      {refusal && (
        <ErrorState what="Recorded calls couldn’t be replayed." refusal={refusal} onRetry={restart} />
      )}
      {result && <Calls kind="lost" result={result} scope={scope} keyId={keyId} />}
      {result && <Calls kind="gained" result={result} scope={scope} keyId={keyId} />}
      <div className="flex flex-wrap items-center gap-3 text-table text-text2">
        <p role="status">
          {!result && running && 'Replaying recorded calls…'}
          {result && <Extent result={result} state={state} />}
        </p>
        {running && <Button onClick={cancel}>Cancel</Button>}
        {state === 'cancelled' && <Button onClick={restart}>Replay again</Button>}
      </div>
    </section>
  )
}

const KINDS = {
  lost: {
    tone: 'vermilion',
    none: 'No recorded call of the last 30 days would have been denied.',
    title: 'in the last 30 days would have been denied',
    outcome: 'ok',
  },
  gained: {
    tone: 'brass',
    none: '',
    title: 'that were denied in the last 30 days would now pass',
    outcome: 'denied',
  },
} as const

type CallsProps = { kind: 'lost' | 'gained'; result: Replayed; scope: Scope; keyId: string }

function Calls({ kind, result, scope, keyId }: CallsProps) {
  const { tone, none, title, outcome } = KINDS[kind]
  const groups = result[kind]
  if (groups.length === 0) return none && <p className="text-table text-text2">{none}</p>
  const from = toDate(result.since).toISOString()
  return (
    <Note tone={tone} className="space-y-1">
      <p className="font-semibold">
        {count(callsIn(groups), 'call')} {title}
      </p>
      <ul className="space-y-1">
        {groups.map((group) => (
          <li key={`${group.PrincipalArn} ${group.Action}`} className="break-words">
            <Group group={group} account={scope.account} />{' '}
            <Link
              className="link whitespace-nowrap"
              href={paths.audit(scope.account, { q: filterOf(group, keyId, outcome), from })}
            >
              Show these events
              <span className="sr-only">
                : {principalName(group.PrincipalArn, scope.account)} {group.Action}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Note>
  )
}

const Group = ({ group, account }: { group: ReplayGroup; account: string }) => (
  <>
    {principalName(group.PrincipalArn, account)}:{' '}
    {count(group.Count, `${group.Action.replace(/^kms:/, '')} call`)}. Last <Time at={group.LastAt} />
    {group.Sources.length > 0 && ` from ${group.Sources.join(', ')}`}.
  </>
)

function Extent({ result, state }: { result: Replayed; state: Replay['state'] }) {
  const skipped = Object.entries(result.skipped)
  return (
    <>
      Replayed {count(result.replayed, 'event')} recorded since {formatDate(toDate(result.since))}
      {state === 'running' ? ' so far…' : state === 'cancelled' ? ', then cancelled.' : '.'}
      {skipped.length > 0 && (
        <>
          {' '}
          Skipped:{' '}
          {skipped
            .map(([why, number]) => `${number} (${why.charAt(0).toLowerCase()}${why.slice(1)})`)
            .join('; ')}
          .
        </>
      )}
    </>
  )
}

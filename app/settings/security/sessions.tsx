'use client'

import { Section } from '#components/page-header.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAction } from '#components/use-action.ts'
import { count } from '#lib/console/format.ts'
import { endSessions } from './actions.ts'
import { type ListedSession, SessionTable } from './session-table.tsx'

type SessionsProps = { account: string; sessions: readonly ListedSession[] }

/** Everywhere that whoever is signed in is signed in. */
export function Sessions({ account, sessions }: SessionsProps) {
  const mutation = useAction(endSessions, { account, done: () => 'Your other sessions have ended.' })
  const others = sessions.filter(({ Current }) => !Current).length
  return (
    <Section
      title="Sessions"
      fact={count(sessions.length, 'session')}
      actions={
        <Button
          pending={mutation.pending}
          pendingLabel="Ending…"
          reason={others === 0 ? 'This is your only session.' : undefined}
          onClick={() => void mutation.run({})}
        >
          End all others
        </Button>
      }
    >
      {mutation.refusal && (
        <MutationError refusal={mutation.refusal} what="The other sessions were not ended." />
      )}
      <SessionTable account={account} sessions={sessions} />
    </Section>
  )
}

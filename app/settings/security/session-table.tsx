'use client'

import { useState } from 'react'
import { MutationError } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { useAction } from '#components/use-action.ts'
import { agentLabel, principalLabel } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { endSession } from './actions.ts'

export type ListedSession = OutputOf<'ListSessions'>['Sessions'][number]
/** `user` is whose they are, where that is not whoever looks. */
export type SessionTableProps = {
  account: string
  user?: string
  sessions: readonly ListedSession[]
}

type EndProps = { session: ListedSession; pending: boolean; onEnd: () => void }

function End({ session, pending, onEnd }: EndProps) {
  if (session.Current) return <span className="text-text2">This session</span>
  return (
    <Button
      pending={pending}
      pendingLabel="Ending…"
      aria-label={`End the session of ${agentLabel(session.UserAgent)} at ${session.Address}`}
      onClick={onEnd}
    >
      End
    </Button>
  )
}

/** Live sessions of a person on every browser, each with the way to end it. */
export function SessionTable({ account, user, sessions }: SessionTableProps) {
  const [ending, setEnding] = useState<string>()
  const mutation = useAction(endSession, { account, done: () => 'The session has ended.' })
  async function end(id: string) {
    setEnding(id)
    await mutation.run({ id, ...(user !== undefined && { user }) })
    setEnding(undefined)
  }
  return (
    <>
      <Table caption={user === undefined ? 'Your sessions' : `Sessions of ${user}`}>
        <TableHead>
          <HeaderCell>Browser</HeaderCell>
          <HeaderCell>Address</HeaderCell>
          <HeaderCell>Last seen</HeaderCell>
          <HeaderCell from="lg">Since</HeaderCell>
          <HeaderCell>As</HeaderCell>
          <HeaderCell>
            <span className="sr-only">End</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {sessions.map((session) => (
            <TableRow key={session.SessionId}>
              <RowHeader>
                <span title={session.UserAgent}>{agentLabel(session.UserAgent)}</span>
              </RowHeader>
              <Cell narrow="fact" className="font-mono text-mono">
                {session.Address}
              </Cell>
              <Cell narrow="fact-end">
                <Time at={session.LastSeenDate} />
              </Cell>
              <Cell from="lg">
                <Time at={session.CreateDate} />
              </Cell>
              <Cell
                narrow="whole"
                className="break-all whitespace-normal max-md:text-label max-md:text-text2"
              >
                {principalLabel(session.Arn)}
                {session.MultiFactor && <span className="text-text3"> with second factor</span>}
              </Cell>
              <Cell narrow="end" className="text-end">
                <End
                  session={session}
                  pending={ending === session.SessionId}
                  onEnd={() => void end(session.SessionId)}
                />
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {mutation.refusal && (
        <div className="mt-3">
          <MutationError refusal={mutation.refusal} what="The session was not ended." />
        </div>
      )}
    </>
  )
}

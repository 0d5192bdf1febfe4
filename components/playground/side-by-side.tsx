'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Select } from '#components/ui/input.tsx'
import { paths } from '#lib/console/paths.ts'
import type { SessionView } from '#lib/console/session.ts'
import type { Ready } from './bench.ts'
import type { Played } from './played.ts'
import { usePlaying } from './playing.tsx'
import { SideColumn } from './side-column.tsx'
import type { SideBySide as Side } from './use-side-by-side.ts'

type SideProps<N extends Played> = {
  side: Side<N>
  ready: Ready<N>
  /** Why nothing can be sent at all. */
  offline: string | undefined
}

const sessionName = ({ principal, accountAlias }: SessionView) =>
  `${principal.kind === 'root' ? 'account root' : principal.name} · ${accountAlias ?? principal.account}`

/** The request of this page as two of the people signed in on this browser, at the same time. */
export function SideBySide<N extends Played>({ side, ready, offline }: SideProps<N>) {
  const { sessions } = usePlaying()
  return (
    <div className="mt-2">
      <Section title="Side by side" fact="The same request, as two people at once">
        {sessions.length < 2 ? (
          <Hint>
            Only you are signed in on this browser.{' '}
            <Link href={paths.signIn()} className="link">
              Add another identity
            </Link>{' '}
            to run this request as both.
          </Hint>
        ) : (
          <Choice side={side} ready={ready} offline={offline} />
        )}
        {side.answers.length > 0 && (
          <div className="mt-5 grid gap-x-10 md:grid-cols-2">
            {side.answers.map((answer) => (
              <SideColumn key={answer.session.id} name={side.name} answer={answer} />
            ))}
          </div>
        )}
      </Section>
    </div>
  )
}

/** Two of the sessions: who is looked at, and another of the same account if there is one. */
function startOf(sessions: readonly SessionView[], self: string): readonly [string, string] {
  const own = sessions.find(({ id }) => id === self) ?? sessions[0]
  const others = sessions.filter(({ id }) => id !== own?.id)
  const near = others.find(({ principal }) => principal.account === own?.principal.account) ?? others[0]
  return [own?.id ?? '', near?.id ?? '']
}

function Choice<N extends Played>({ side, ready, offline }: SideProps<N>) {
  const { sessions, self } = usePlaying()
  const [[left, right], choose] = useState(() => startOf(sessions, self))
  const same = left === right ? 'Choose two different people.' : undefined
  const reason = offline ?? ready.reason ?? same
  const field = (label: string, value: string, onChange: (id: string) => void) => (
    <Field label={label}>
      {({ required: _, ...control }) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {sessions.map((session) => (
            <option key={session.id} value={session.id}>
              {sessionName(session)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
  function run() {
    const chosen = [left, right].flatMap((id) => sessions.find((session) => session.id === id) ?? [])
    if (!reason && ready.input !== undefined) void side.run(chosen, ready.input)
  }
  return (
    <div className="flex max-w-form flex-wrap items-end gap-3">
      <div className="min-w-44 flex-1">{field('On the left', left, (id) => choose([id, right]))}</div>
      <div className="min-w-44 flex-1">{field('On the right', right, (id) => choose([left, id]))}</div>
      <Button size="form" pending={side.pending} pendingLabel="Running…" reason={reason} onClick={run}>
        Run as both
      </Button>
    </div>
  )
}

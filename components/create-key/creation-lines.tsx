'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '#components/ui/class-names.ts'
import { shortId } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { aliasName } from './draft.ts'
import type { Made } from './made.ts'
import type { Progress } from './use-creation.ts'
import { useWizard } from './wizard-context.tsx'

export type LineState = 'waiting' | 'running' | 'done' | 'failed'

const MARKS: Record<LineState, { path: string; colour: string; words: string }> = {
  waiting: { path: 'M3 6h6', colour: 'text-text3', words: 'waiting' },
  running: { path: 'M6 1.500A4.500 4.500 0 0 1 10.500 6', colour: 'text-ink turning', words: 'on its way' },
  done: { path: 'm1.500 6.500 3 3L10.500 3', colour: 'text-verdigris', words: 'done' },
  failed: { path: 'm2 2 8 8m0-8-8 8', colour: 'text-vermilion', words: 'failed' },
}

export function CallLine({ state, children }: { state: LineState; children: ReactNode }) {
  const mark = MARKS[state]
  return (
    <li className="flex items-start gap-2.5 border-b border-line py-1.5 text-table">
      <svg
        aria-hidden="true"
        viewBox="0 0 12 12"
        className={cn('mark mt-[3px] size-3 shrink-0', mark.colour)}
      >
        <path d={mark.path} fill="none" stroke="currentColor" strokeWidth="1.800" />
      </svg>
      <span className="min-w-0">
        {children}
        <span className="sr-only">, {mark.words}</span>
      </span>
    </li>
  )
}

/** The two calls while they run. */
export function CreationLines({ progress }: { progress: Progress }) {
  const { draft } = useWizard()
  return (
    <div role="status">
      {progress !== 'idle' && (
        <ul className="max-w-form border-t border-line">
          <CallLine state={progress === 'key' ? 'running' : 'done'}>CreateKey</CallLine>
          <CallLine state={progress === 'alias' ? 'running' : 'waiting'}>
            CreateAlias, {aliasName(draft)}
          </CallLine>
        </ul>
      )}
    </div>
  )
}

/** The two calls once they are over, each with the event that proves it. */
export function MadeLines({ made, account }: { made: Made; account: string }) {
  return (
    <ul aria-label="What was created" className="max-w-form border-t border-line">
      <CallLine state="done">
        Key <code className="text-mono">{shortId(made.keyId)}</code> was created.{' '}
        <EventLink account={account} event={made.keyEvent} of="CreateKey" />
      </CallLine>
      <CallLine state={made.aliasDone ? 'done' : 'failed'}>
        {made.aliasDone ? `${made.alias} points to it.` : `${made.alias} wasn’t created.`}{' '}
        <EventLink account={account} event={made.aliasEvent} of="CreateAlias" />
      </CallLine>
    </ul>
  )
}

function EventLink({ account, event, of }: { account: string; event: string | null; of: string }) {
  if (event === null) return null
  return (
    <Link href={paths.event(account, event)} className="link">
      View event<span className="sr-only"> of {of}</span>
    </Link>
  )
}

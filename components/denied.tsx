'use client'

import { lazy, type ReactNode, Suspense } from 'react'
import { principalLabel } from '#lib/console/format.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import { reasonOf, refusedOf } from './access/refused-question.ts'
import { SwitchIdentity } from './access/switch-identity.tsx'
import { useAskForAccess } from './access/use-explain.ts'
import { cn } from './ui/class-names.ts'
import { Dialog } from './ui/dialog.tsx'
import { Note } from './ui/hint.tsx'

// Loaded when it is asked for: every page can be refused, few are.
const Why = lazy(() => import('./access/why.tsx').then(({ Why }) => ({ default: Why })))

type DeniedProps = {
  refusal: RefusalView
  /** "You can't view this key's policy." */
  what: string
  /** The key's name where the viewer may know it; otherwise the resource's ARN stands. */
  resource?: ReactNode
  size?: 'page' | 'panel' | 'row' | 'button'
  /** For pre-checks: the server decides again, and may differ. */
  onTryAnyway?: () => void
}

/** A denial, explained: who, what, on which resource, why, and what to do about it. */
export function Denied({ refusal, what, resource, size = 'panel', onTryAnyway }: DeniedProps) {
  const refused = refusedOf(refusal)
  const known = refused.action !== ''
  const body = (
    <>
      <p>
        <span className="font-semibold">{what}</span>{' '}
        {known ? <Reason refusal={refusal} resource={resource} /> : refusal.message}
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-x-4">
        {known && (
          <>
            <Dialog
              wide
              title="Why it was denied"
              trigger={
                <button type="button" className="link min-h-6">
                  Why
                </button>
              }
            >
              <Suspense fallback={<p className="text-table text-text2">Reading the decision…</p>}>
                <Why refusal={refusal} />
              </Suspense>
            </Dialog>
            <AskForAccess refusal={refusal} />
          </>
        )}
        <SwitchIdentity />
        {onTryAnyway && (
          <button type="button" className="link min-h-6" onClick={onTryAnyway}>
            Try anyway
          </button>
        )}
      </div>
    </>
  )
  if (size === 'button') return <div className="text-table">{body}</div>
  return (
    <Note
      tone="vermilion"
      role={size === 'row' ? 'alert' : undefined}
      className={cn(size === 'page' ? 'mt-4 max-w-form p-4 text-body' : 'max-w-form')}
    >
      {body}
    </Note>
  )
}

function Reason({ refusal, resource }: Pick<DeniedProps, 'refusal' | 'resource'>) {
  const refused = refusedOf(refusal)
  // ListRetirableGrants is judged on the principal that it asks about: who is asking, as a rule.
  const named = refused.resource === refused.principal ? '' : refused.resource
  return (
    <>
      <span className="break-all">{principalLabel(refused.principal)}</span> isn’t allowed{' '}
      <code className="text-mono">{refused.action}</code>
      {/* Of a ciphertext's key AWS says nothing, and some actions have no resource. */}
      {(resource || named) && ' on '}
      {resource ?? (named && <code className="break-all text-mono">{named}</code>)}: {reasonOf(refusal)}
    </>
  )
}

function AskForAccess({ refusal }: { refusal: RefusalView }) {
  const { ask, asking, copied } = useAskForAccess(refusal)
  return (
    <button type="button" className="link min-h-6" aria-disabled={asking || undefined} onClick={ask}>
      <span className="grid">
        <span className={cn('col-start-1 row-start-1', copied && 'invisible')}>Ask for access</span>
        <span
          aria-hidden={!copied}
          className={cn('col-start-1 row-start-1 text-start', !copied && 'invisible')}
        >
          Copied
        </span>
      </span>
    </button>
  )
}

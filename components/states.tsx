'use client'

import type { ReactNode } from 'react'
import { HELP, isDenied, type RefusalView } from '#lib/console/messages.ts'
import { Denied } from './denied.tsx'
import { Time } from './time.tsx'
import { Button } from './ui/button.tsx'
import { CopyButton } from './ui/copy-button.tsx'
import { Note } from './ui/hint.tsx'

/** Code and request id of a refusal: what one quotes when asking for help. */
export function RefusalCode({ refusal }: { refusal: RefusalView }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-label text-text2">
      <code className="text-mono">{refusal.code}</code>
      {refusal.requestId && (
        <span className="inline-flex flex-wrap items-center gap-1">
          Request ID <code className="break-all text-mono">{refusal.requestId}</code>
          <CopyButton text={refusal.requestId} label="Copy request ID" />
        </span>
      )}
    </p>
  )
}

type ErrorStateProps = {
  /** "Keys couldn't be loaded." */
  what: string
  refusal: RefusalView
  onRetry?: () => void
  retrying?: boolean
}

/** What failed, its code, its request id, and Retry. A denial is drawn as one. */
export function ErrorState({ what, refusal, onRetry, retrying }: ErrorStateProps) {
  if (isDenied(refusal)) return <Denied refusal={refusal} what={what} size="panel" />
  return (
    <Note tone="brass" role="alert" className="max-w-form space-y-1">
      <p className="font-semibold">{what}</p>
      {refusal.message && <p>{refusal.message}</p>}
      <p className="text-text2">{HELP[refusal.code] ?? HELP.KMSInternalException}</p>
      <RefusalCode refusal={refusal} />
      {onRetry && (
        <Button pending={retrying} pendingLabel="Retrying…" onClick={onRetry}>
          Retry
        </Button>
      )}
    </Note>
  )
}

/** Why a change was refused, beside its control. What was typed stays. */
export function MutationError({ refusal, what }: { refusal: RefusalView; what?: string }) {
  if (isDenied(refusal)) return <Denied refusal={refusal} what={what ?? 'You can’t do this.'} size="row" />
  return (
    <Note tone="vermilion" role="alert" className="max-w-form space-y-1">
      <p>
        {what && <span className="font-semibold">{what} </span>}
        {refusal.message || HELP[refusal.code]}
      </p>
      {refusal.message && <p className="text-text2">{HELP[refusal.code]}</p>}
      <RefusalCode refusal={refusal} />
    </Note>
  )
}

/** Nothing to show: sentences that teach or say why, and what to do. No picture. */
export function EmptyState({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="max-w-prose py-5 text-body text-text2">
      <div className="space-y-1">{children}</div>
      {actions && <div className="mt-3 flex flex-wrap items-center gap-3">{actions}</div>}
    </div>
  )
}

/** A refresh failed: the old rows stay, and say how old they are. */
export function StaleLine({ since, onRetry }: { since: number | Date; onRetry: () => void }) {
  return (
    <Note tone="brass" className="mb-2 flex flex-wrap items-center gap-3">
      <span>
        This couldn’t be refreshed. Shown as of{' '}
        <Time at={since instanceof Date ? since : since / 1000} as="log" /> UTC.
      </span>
      <button type="button" className="link" onClick={onRetry}>
        Retry
      </button>
    </Note>
  )
}

/** Some of it loaded: one line for what did not. */
export const PartialLine = ({ children }: { children: ReactNode }) => (
  <p className="border-b border-line py-1.5 text-table text-brass">{children}</p>
)

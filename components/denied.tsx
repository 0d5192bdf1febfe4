'use client'

import type { ReactNode } from 'react'
import { principalLabel } from '#lib/console/format.ts'
import type { DecisionView, RefusalView } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { TraceLadder } from './trace-ladder.tsx'
import { cn } from './ui/class-names.ts'
import { CopyButton } from './ui/copy-button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Note } from './ui/hint.tsx'

/** Who, what and on which resource, from the recorded decision or from AWS's sentence. */
function partsOf(refusal: RefusalView): { principal: string; action: string; resource: string } {
  const said = /^User: (\S+) is not authorized to perform: (\S+)(?: on resource: (\S+))?/.exec(
    refusal.message,
  )
  const { principal, action, resource }: DecisionView = refusal.decision ?? {}
  return {
    principal: principal ?? said?.[1] ?? '',
    action: action ?? said?.[2] ?? '',
    // An action without a resource is judged on everything.
    resource: (resource === '*' ? undefined : resource) ?? said?.[3] ?? '',
  }
}

const REASONS: Record<string, string> = {
  'explicit-deny-identity': 'a policy attached to this identity denies it.',
  'explicit-deny-resource': 'the key policy denies it.',
  'no-identity-policy': 'no key policy statement, identity policy or grant allows it.',
  'no-resource-policy': 'the key policy does not allow it.',
}

function reasonOf(refusal: RefusalView): string {
  // Without a resource there is no key, and so no key policy or grant.
  const reason = refusal.message.includes(' on ') ? refusal.decision?.reason : undefined
  if (reason && REASONS[reason]) return REASONS[reason]
  if (refusal.message.includes('explicit deny')) return 'a policy denies it.'
  return refusal.message.includes(' on ')
    ? 'no key policy statement, identity policy or grant allows it.'
    : 'no policy attached to this identity allows it.'
}

/** The smallest statement that would allow it, ready to send to whoever may add it. */
function askFor({ principal, action, resource }: ReturnType<typeof partsOf>): string {
  if (resource === '') {
    const own = JSON.stringify({ Effect: 'Allow', Action: action, Resource: '*' }, null, 2)
    return `Please allow ${action} for ${principal}.\n\nThis statement in an identity policy would do it:\n${own}\n`
  }
  const statement = JSON.stringify(
    { Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*' },
    null,
    2,
  )
  return `Please allow ${action} on ${resource} for ${principal}.\n\nThis statement in the key policy would do it:\n${statement}\n`
}

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
  const parts = partsOf(refusal)
  const known = parts.action !== ''
  const gates = refusal.decision?.gates
  const body = (
    <>
      <p>
        <span className="font-semibold">{what}</span>{' '}
        {known ? (
          <>
            <span className="break-all">{principalLabel(parts.principal)}</span> isn’t allowed{' '}
            <code className="text-mono">{parts.action}</code>
            {/* Of a ciphertext's key AWS says nothing, and some actions have no resource. */}
            {(resource || parts.resource) && ' on '}
            {resource ?? <code className="break-all text-mono">{parts.resource}</code>}: {reasonOf(refusal)}
          </>
        ) : (
          refusal.message
        )}
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-x-4">
        {gates && gates.length > 0 && (
          <Dialog
            title="Why it was denied"
            trigger={
              <button type="button" className="link min-h-6">
                Why
              </button>
            }
          >
            <TraceLadder gates={gates} />
          </Dialog>
        )}
        {known && (
          <CopyButton
            text={askFor(parts)}
            label="Ask for access"
            labelled
            variant="quiet"
            className="h-6 px-1 font-normal underline"
          />
        )}
        {/* A full load, so that nothing of the former identity stays in memory. */}
        <a href={paths.signIn()} className="link min-h-6 content-center">
          Switch identity
        </a>
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

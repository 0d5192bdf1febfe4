'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths, type WizardStep } from '#lib/console/paths.ts'
import { stepAfter } from './draft.ts'
import { useWizard } from './wizard-context.tsx'

/** A field with an error, or the text of an editor with one. */
const INVALID = '#content [aria-invalid="true"], #content [data-invalid="true"] [contenteditable="true"]'

/** Goes on from a step, or says there what is wrong and puts the cursor to it. */
export function useGoOn(): (to: WizardStep) => void {
  const { setting, step, faults, onTried } = useWizard()
  const router = useRouter()
  return (to) => {
    if (faults(step).length === 0) return router.push(paths.newKey(setting.scope, to))
    onTried()
    // After the fields have drawn their errors.
    setTimeout(() => document.querySelector<HTMLElement>(INVALID)?.focus())
  }
}

/** Cancel, back, on; and from the second step straight to the review, because what is left has safe defaults. */
export function WizardFooter({ action }: { action?: ReactNode }) {
  const { setting, step } = useWizard()
  const goOn = useGoOn()
  const previous = stepAfter(step, -1)
  const next = stepAfter(step, 1)
  useShortcuts(
    next ? [{ keys: ['Mod+Enter'], label: 'Next step', group: 'This page', run: () => goOn(next) }] : [],
  )
  const skips = step !== 'configure' && next !== undefined && next !== 'review'
  return (
    <div className="no-print mt-7 flex flex-wrap items-center gap-2 border-t border-line pt-4">
      <LinkButton href={paths.keys(setting.scope)} size="form" variant="quiet">
        Cancel
      </LinkButton>
      <div className="ms-auto flex flex-wrap items-center gap-2 max-sm:ms-0">
        {skips && (
          <Button size="form" variant="quiet" onClick={() => goOn('review')}>
            Skip to review
          </Button>
        )}
        {previous && (
          <LinkButton href={paths.newKey(setting.scope, previous)} size="form">
            Previous
          </LinkButton>
        )}
        {next && (
          <Button size="form" variant="primary" onClick={() => goOn(next)}>
            Next
          </Button>
        )}
        {action}
      </div>
    </div>
  )
}

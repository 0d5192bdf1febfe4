'use client'

import { type FormEvent, type ReactNode, useRef } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { Scope } from '#lib/console/paths.ts'
import type { Step, Steps } from './steps.ts'

type StepsFormProps = {
  scope: Scope
  steps: Steps
  /** What will be sent, in order. */
  list: readonly Step[]
  /** Whether everything typed is right; says on the fields what is not. */
  valid: () => boolean
  submit: string
  pendingLabel: string
  danger?: boolean
  /** "The user bob": said when a later step was refused. */
  made: string
  back: string
  children: ReactNode
}

/** A form whose button sends several requests. After the first is through the fields are fixed: only the rest is tried again. */
export function StepsForm(props: StepsFormProps) {
  const { scope, steps, list, valid, submit, pendingLabel, danger, made, back, children } = props
  const offline = useOfflineReason()
  const form = useRef<HTMLFormElement>(null)
  const begun = steps.done > 0
  function onSubmit(event?: FormEvent) {
    event?.preventDefault()
    if (!offline && valid()) void steps.run(list)
  }
  useShortcuts([
    {
      keys: ['Mod+Enter', 'Mod+s'],
      label: submit,
      group: 'This page',
      when: (target) => form.current?.contains(target) ?? false,
      run: () => onSubmit(),
    },
  ])
  return (
    <form method="post" ref={form} noValidate onSubmit={onSubmit}>
      <fieldset disabled={steps.pending || begun} className="min-w-0 space-y-6">
        {children}
      </fieldset>
      {steps.failed && (
        <div className="mt-4 space-y-2">
          {begun && (
            <Note tone="brass">
              {steps.done} of {list.length} steps are done. {made} Try again goes on with the rest.
            </Note>
          )}
          <MutationError refusal={steps.failed.refusal} what={`${steps.failed.label} was refused.`} />
        </div>
      )}
      <div className="mt-5 mb-4 flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          size="form"
          variant={danger ? 'danger' : 'primary'}
          pending={steps.pending}
          pendingLabel={pendingLabel}
          reason={offline}
        >
          {begun ? 'Try again' : submit}
        </Button>
        <LinkButton size="form" href={back}>
          {begun ? 'Leave it so' : 'Cancel'}
        </LinkButton>
      </div>
      <RequestCode scope={scope} requests={list.map(({ request }) => request)} />
    </form>
  )
}

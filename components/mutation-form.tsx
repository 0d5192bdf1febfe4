'use client'

import { type FormEvent, type ReactNode, useRef } from 'react'
import { useShortcuts } from './shortcuts/shortcuts.tsx'
import { MutationError } from './states.tsx'
import { Button } from './ui/button.tsx'
import { cn } from './ui/class-names.ts'
import type { Mutation } from './use-action.ts'

type MutationFormProps<F> = {
  mutation: Mutation<F>
  /** The form's values, or undefined when they are not valid yet: then the fields say what is wrong. */
  values: () => F | undefined
  /** "Save description" and "Saving…". */
  submit: string
  submitPending: string
  /** What the button does, said beside it: "Calls with this key will fail until you enable it." */
  effect?: ReactNode
  cancel?: ReactNode
  danger?: boolean
  /** Why it cannot be submitted now. */
  reason?: ReactNode
  children?: ReactNode
  className?: string
}

/** A form over one server action: inputs lock while it runs, the refusal stands beside the button, Ctrl+Enter submits. */
export function MutationForm<F>(props: MutationFormProps<F>) {
  const { mutation, values, submit, submitPending, effect, cancel, danger, reason, children, className } =
    props
  const form = useRef<HTMLFormElement>(null)
  function onSubmit(event?: FormEvent) {
    event?.preventDefault()
    if (reason) return
    const valid = values()
    if (valid !== undefined) void mutation.run(valid)
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
    <form method="post" ref={form} noValidate className={className} onSubmit={onSubmit}>
      {children && (
        <fieldset disabled={mutation.pending} className="min-w-0 space-y-4">
          {children}
        </fieldset>
      )}
      {mutation.refusal && (
        <div className="mt-3">
          <MutationError refusal={mutation.refusal} />
        </div>
      )}
      <div className={cn('flex flex-wrap items-center gap-3', children && 'mt-4')}>
        <Button
          type="submit"
          size="form"
          variant={danger ? 'danger' : 'primary'}
          pending={mutation.pending}
          pendingLabel={submitPending}
          reason={reason}
        >
          {submit}
        </Button>
        {cancel}
        {effect && <span className="max-w-prose text-table text-text2">{effect}</span>}
      </div>
    </form>
  )
}

'use client'

import type { FormEvent, ReactNode } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { Section } from '#components/page-header.tsx'
import { ShowAsCode, type Snippet } from '#components/show-as-code.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import type { ActionResult } from '#lib/console/messages.ts'
import type { InputOf, OperationName, OutputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import { Refused } from './refused.tsx'
import type { Call } from './use-call.ts'
import { WhatHappened } from './what-happened.tsx'

/** The request, or why it cannot be sent yet. */
export type Ready<F> =
  | { readonly form: F; readonly reason?: never }
  | { readonly form?: never; readonly reason: string }

export type RunForm<N extends 'Encrypt' | 'Decrypt'> = { readonly region: string; readonly input: InputOf<N> }
export type OperationProps<N extends 'Encrypt' | 'Decrypt'> = {
  scope: Scope
  endpoint: string
  /** The key that the address names. */
  named: string
  run: (form: RunForm<N>) => Promise<ActionResult<OutputOf<N>>>
}

type Props<F, T> = {
  account: string
  operation: OperationName
  call: Call<F, T>
  ready: Ready<F>
  snippets: readonly Snippet[]
  /** Said when the page was cleared by itself. */
  cleared: boolean
  onClear: () => void
  fields: ReactNode
  /** The chosen key, where it was chosen by name. */
  keyName?: ReactNode
  result: (output: T) => ReactNode
}

/** Input, result, and what happened: the shape of every operation of the playground. */
export function Workbench<F, T>({
  account,
  operation,
  call,
  ready,
  snippets,
  cleared,
  onClear,
  fields,
  keyName,
  result,
}: Props<F, T>) {
  const offline = useOfflineReason()
  const reason = offline ?? ready.reason
  function submit(event?: FormEvent) {
    event?.preventDefault()
    if (!reason && ready.form !== undefined) void call.run(ready.form)
  }
  const { ended } = call
  return (
    <div className="grid gap-x-10 lg:grid-cols-2">
      <form
        noValidate
        autoComplete="off"
        onSubmit={submit}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit()}
      >
        <Section title="Input">
          <fieldset disabled={call.pending} className="min-w-0 space-y-4">
            {fields}
          </fieldset>
          <div className="mt-5 flex flex-wrap items-center gap-3">
            <Button
              type="submit"
              size="form"
              variant="primary"
              pending={call.pending}
              pendingLabel={`${operation}ing…`}
              reason={reason}
            >
              {operation}
            </Button>
            <Button size="form" onClick={onClear}>
              Clear
            </Button>
            <ShowAsCode snippets={snippets} />
          </div>
          <Hint className="mt-3">
            Data you type is sent to your server to run this call. It isn’t stored. It’s cleared when you
            leave this page and after 5 minutes without activity.
          </Hint>
        </Section>
      </form>
      <div>
        <Section title="Result">
          {!ended && (
            <Hint>
              {cleared
                ? 'Cleared after 5 minutes without activity.'
                : `Nothing yet. The answer of ${operation} appears here.`}
            </Hint>
          )}
          {ended?.result.ok === true && result(ended.result.output)}
          {ended?.result.ok === false && (
            <Refused name={operation} refusal={ended.result.error} keyName={keyName} />
          )}
        </Section>
        {ended && <WhatHappened account={account} ended={ended} />}
      </div>
    </div>
  )
}

'use client'

import { type FormEvent, type ReactNode, useRef } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { Section } from '#components/page-header.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import type { OutputOf } from '#lib/console/operations.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import type { Bench, Ready } from './bench.ts'
import type { Played } from './played.ts'
import { usePlaying } from './playing.tsx'
import { Refused } from './refused.tsx'
import { SideBySide } from './side-by-side.tsx'
import type { Ended } from './use-call.ts'
import { useIdle } from './use-idle.ts'
import { useSideBySide } from './use-side-by-side.ts'
import { WhatHappened } from './what-happened.tsx'

type Props<N extends Played> = {
  bench: Bench<N>
  /** What the button says, and says while it works. */
  action: string
  acting: string
  ready: Ready<N>
  /** The request as code shows it: with placeholders where nothing was given. */
  asCode: Readonly<Record<string, unknown>>
  fields: ReactNode
  /** The chosen key, where it was chosen by name. */
  keyName?: ReactNode
  result: (output: OutputOf<N>, ended: Ended<N>) => ReactNode
  /** Under the input, when it is ready or not. */
  beside?: ReactNode
}

/** Input, result, and what happened: the shape of every operation of the playground. */
export function Workbench<N extends Played>({
  bench: { name, call, cleared, clear },
  action,
  acting,
  ready,
  asCode,
  fields,
  keyName,
  result,
  beside,
}: Props<N>) {
  const { scope, endpoint } = usePlaying()
  const offline = useOfflineReason()
  const reason = offline ?? ready.reason
  const side = useSideBySide(name)
  useIdle(side.clear)
  function submit(event?: FormEvent) {
    event?.preventDefault()
    if (!reason && ready.input !== undefined) void call.run(ready.input)
  }
  const form = useRef<HTMLFormElement>(null)
  useShortcuts([
    {
      keys: ['Mod+Enter'],
      label: action,
      group: 'This page',
      when: (target) => form.current?.contains(target) ?? false,
      run: () => submit(),
    },
  ])
  const { ended } = call
  return (
    <div className="grid gap-x-10 gap-y-6 xl:grid-cols-2">
      <div className="min-w-0">
        <form method="post" ref={form} noValidate autoComplete="off" onSubmit={submit}>
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
                pendingLabel={acting}
                reason={reason}
              >
                {action}
              </Button>
              <Button
                size="form"
                onClick={() => {
                  clear()
                  side.clear()
                }}
              >
                Clear
              </Button>
              <ShowAsCode
                snippets={snippetsFor([{ name, input: asCode }], { endpoint, region: scope.region })}
              />
            </div>
            <Hint className="mt-3">
              Data you type is sent to your server to run this call. It isn’t stored. It’s cleared when you
              leave this page and after 5 minutes without activity.
            </Hint>
          </Section>
        </form>
        {beside}
      </div>
      <div className="min-w-0">
        <Section title="Result">
          {!ended && (
            <Hint>
              {cleared
                ? 'Cleared after 5 minutes without activity.'
                : `Nothing yet. The answer of ${name} appears here.`}
            </Hint>
          )}
          {ended?.result.ok === true && (
            // A new answer begins anew: what was revealed or broken of the last one is not of this one.
            <div key={ended.result.requestId} className="space-y-4">
              {result(ended.result.output, ended)}
            </div>
          )}
          {ended?.result.ok === false && (
            <Refused name={name} refusal={ended.result.error} input={ended.input} keyName={keyName} />
          )}
        </Section>
        {ended && <WhatHappened account={scope.account} ended={ended} />}
      </div>
      <div className="min-w-0 xl:col-span-2">
        <SideBySide side={side} ready={ready} offline={offline} />
      </div>
    </div>
  )
}

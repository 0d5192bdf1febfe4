'use client'

import { Trace } from '#components/access/trace.tsx'
import { OutcomeMark } from '#components/outcome-mark.tsx'
import { Section } from '#components/page-header.tsx'
import { RefusalCode } from '#components/states.tsx'
import { Note } from '#components/ui/hint.tsx'
import { isDenied } from '#lib/console/messages.ts'
import { OutputView } from './output-view.tsx'
import type { Played } from './played.ts'
import type { SideAnswer } from './use-side-by-side.ts'
import { CallFacts } from './what-happened.tsx'

/** How the request ended for one of the two, and why. */
export function SideColumn({ name, answer }: { name: Played; answer: SideAnswer }) {
  const { session, played } = answer
  const { result, explanation, milliseconds } = played
  const { account } = session.principal
  const denied = !result.ok && isDenied(result.error)
  const outcome = result.ok ? 'ok' : denied ? 'denied' : 'error'
  return (
    <section aria-label={`As ${session.principal.name}`} className="min-w-0">
      <Section level={3} title={`As ${session.principal.name}`} fact={<OutcomeMark outcome={outcome} />}>
        {result.ok ? (
          <OutputView name={name} of={session.principal.name} output={result.output} />
        ) : (
          <Note tone={denied ? 'vermilion' : 'brass'} className="space-y-1">
            <p className="break-words">
              <span className="font-semibold">
                {name} {denied ? 'was denied.' : 'failed.'}
              </span>{' '}
              {result.error.message}
            </p>
            <RefusalCode refusal={result.error} />
          </Note>
        )}
      </Section>
      <Section level={3} title="What happened">
        {explanation ? (
          <>
            <p className="max-w-prose break-words text-table">{explanation.Sentence}</p>
            <details className="mt-1.5 mb-3">
              <summary className="min-h-6 w-fit text-table text-ink">How it was decided</summary>
              <div className="pt-2">
                <Trace explanation={explanation} account={account} level={4} />
              </div>
            </details>
          </>
        ) : (
          <p className="mb-3 text-table">There is no trace: the call was not decided by a policy.</p>
        )}
        <CallFacts account={account} result={result} duration={milliseconds} between="the console" />
      </Section>
    </section>
  )
}

'use client'

import Link from 'next/link'
import { Time } from '#components/time.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Note } from '#components/ui/hint.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { TraceGate } from './trace-gate.tsx'
import { BASIS_WORDS, type Explanation, type Remedy, remedyPage, verdictOf } from './trace-words.ts'

type TraceProps = {
  explanation: Explanation
  /** Whose log has the event of what changed. */
  account: string
  /** The level of the headings inside: below that of what the trace stands under. */
  level?: 3 | 4
}

/** A decision from top to bottom: six gates, the verdict, the smallest change, what changed, and every value read. */
export function Trace({ explanation, account, level = 3 }: TraceProps) {
  const { Gates, Sentence, Remedy, Turning, Basis, At, Context } = explanation
  const { tone, title } = verdictOf(explanation)
  return (
    <div className="space-y-4">
      <p className="text-label text-text2">
        {BASIS_WORDS[Basis]}, <Time at={At} as="moment" />
      </p>
      <ol aria-label="Gates of the decision" className="space-y-2.5">
        {Gates.map((gate) => (
          <TraceGate key={gate.Gate} gate={gate} of={explanation} />
        ))}
      </ol>
      <Note tone={tone} className="space-y-1.5">
        <p className="font-semibold">{title}</p>
        <p className="break-words">{Sentence}</p>
        {Turning && (
          <p>
            It worked before {principalLabel(Turning.By)} called {Turning.EventName}, <Time at={Turning.At} />
            .{' '}
            <Link href={paths.event(account, Turning.EventId)} className="link whitespace-nowrap">
              View that change
            </Link>
          </p>
        )}
      </Note>
      {Remedy && <SmallestChange remedy={Remedy} of={explanation} level={level} />}
      <ValuesRead context={Context} level={level} />
    </div>
  )
}

type Of = Pick<Explanation, 'PrincipalArn' | 'Resource'>

function SmallestChange({ remedy, of, level }: { remedy: Remedy; of: Of; level: 3 | 4 }) {
  const Heading = `h${level}` as const
  const page = remedyPage(of, remedy.Where)
  return (
    <section className="space-y-1.5">
      <Heading className="text-table font-semibold">Smallest change that would allow it</Heading>
      <p className="break-words text-table text-text2">
        {remedy.Sentence}{' '}
        {page && (
          <Link href={page.href} className="link whitespace-nowrap">
            {page.label}
          </Link>
        )}
      </p>
      {remedy.Statement && <CodeBlock code={remedy.Statement} label="statement" wrap />}
    </section>
  )
}

function ValuesRead({ context, level }: { context: Explanation['Context']; level: 3 | 4 }) {
  const Heading = `h${level}` as const
  const values = Object.entries(context)
  if (values.length === 0) return null
  return (
    <section>
      <Heading className="mb-1.5 text-table font-semibold">Condition values that were read</Heading>
      <Facts
        columns={1}
        facts={values.map(([term, read]) => ({
          term,
          value:
            read === null ? (
              <span className="text-text3">Not in the request</span>
            ) : (
              <code className="break-all text-mono">{read.join(', ')}</code>
            ),
        }))}
      />
    </section>
  )
}

'use client'

import Link from 'next/link'
import { cn } from '#components/ui/class-names.ts'
import { paths } from '#lib/console/paths.ts'
import { TraceStatement } from './trace-statement.tsx'
import { type Explanation, GATE_TITLES, type Gate, type GateMark, keyOf, markOf } from './trace-words.ts'

const SHAPES: Readonly<Record<GateMark, { readonly path: string; readonly colour: string }>> = {
  pass: { path: 'm1.500 6.500 3 3L10.500 3', colour: 'text-verdigris' },
  no: { path: 'm2 2 8 8m0-8-8 8', colour: 'text-vermilion' },
  none: { path: 'M2 6h8', colour: 'text-text3' },
}

/** Whether a statement of a gate is the one that decided. */
const isDeciding = (
  { Deciding }: Explanation,
  { PolicyRole, PolicyName, Index }: Gate['Statements'][number],
) =>
  Deciding !== null &&
  Deciding.PolicyRole === PolicyRole &&
  Deciding.PolicyName === PolicyName &&
  Deciding.Index === Index

/** One gate of the ladder: its mark, one sentence, the statements that came near, and its grant. */
export function TraceGate({ gate, of }: { gate: Gate; of: Explanation }) {
  const { mark, words } = markOf(gate)
  const { path, colour } = SHAPES[mark]
  const key = keyOf(of.Resource)
  return (
    <li className="flex gap-3.5 text-table">
      <svg aria-hidden="true" viewBox="0 0 12 12" className={cn('mark mt-[3px] size-3 shrink-0', colour)}>
        <path d={path} fill="none" stroke="currentColor" strokeWidth="1.800" />
      </svg>
      <div className="min-w-0 grow">
        <p className="font-semibold">
          {GATE_TITLES[gate.Gate]}
          <span className="sr-only">: {words}</span>
        </p>
        <p className="break-words text-text2">
          {gate.Sentence}
          {gate.GrantId && key && (
            <>
              {' '}
              <Link href={paths.key(key, key.keyId, 'grants')} className="link">
                Open the grants
              </Link>
            </>
          )}
        </p>
        {gate.Statements.length > 0 && (
          <div className="mt-1 space-y-1">
            {gate.Statements.map((statement) => (
              <TraceStatement
                key={`${statement.PolicyRole} ${statement.PolicyName} ${statement.Index}`}
                statement={statement}
                of={of}
                decided={isDeciding(of, statement)}
              />
            ))}
          </div>
        )}
      </div>
    </li>
  )
}

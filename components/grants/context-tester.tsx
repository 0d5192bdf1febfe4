'use client'

import { useState } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { contextFulfils, type GrantConstraints } from '#lib/domain/grant.ts'
import { contextExamples, readContext } from './context-examples.ts'

const Answer = ({ allowed }: { allowed: boolean }) => (
  <span className={allowed ? 'text-verdigris' : 'text-vermilion'}>{allowed ? 'yes' : 'no'}</span>
)

/** Which contexts the constraint lets through: examples, and one of one's own. */
export function ContextTester({ constraints }: { constraints: GrantConstraints }) {
  const [typed, setTyped] = useState('')
  const context = readContext(typed)
  return (
    <section
      aria-label="What the constraint allows"
      className="max-w-form border-s-2 border-line-strong ps-3"
    >
      <p className="text-table font-medium">Allows</p>
      <ul className="text-table">
        {contextExamples(constraints).map(({ words, allowed }) => (
          <li key={words} className="break-all">
            <code className="text-mono">{words}</code>: <Answer allowed={allowed} />
          </li>
        ))}
      </ul>
      <Field
        label="Try a context"
        optional
        help="Pairs apart by commas: tenant=acme, purpose=x"
        error={context ? undefined : 'Write each pair as key=value.'}
        className="mt-2 max-w-96"
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {typed.trim() !== '' && context && (
        <p className="mt-1 text-table" role="status">
          Allowed with this context: <Answer allowed={contextFulfils(constraints, context)} />
        </p>
      )}
    </section>
  )
}

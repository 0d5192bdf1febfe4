'use client'

import { type ReactNode, useRef } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import type { LintPosition } from '#lib/domain/policy-grammar.ts'
import { lineOf } from './policy-findings.ts'

type PolicyAreaProps = {
  value: string
  findings: readonly LintPosition[]
  onChange: (text: string) => void
  size: ReactNode
}

const MOST_SHOWN = 8

/** The policy as text, with what is wrong below it: each finding leads to its place. */
export function PolicyArea({ value, findings, onChange, size }: PolicyAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  function show({ from, to }: LintPosition) {
    area.current?.focus()
    area.current?.setSelectionRange(from, to)
  }
  return (
    <div className="max-w-form">
      <Field label="Key policy" error={findings.length > 0 && `${findings.length === 1 ? '1 error' : `${findings.length} errors`} in the policy`}>
        {(control) => (
          <Textarea {...control} ref={area} mono rows={24} spellCheck={false} className="max-h-[70vh] whitespace-pre" value={value} onChange={(event) => onChange(event.target.value)} />
        )}
      </Field>
      <p className="mt-1 text-label" role="status">
        {size}
      </p>
      {findings.length > 0 && (
        <ul aria-label="Errors in the policy" className="mt-2 border-t border-line">
          {findings.slice(0, MOST_SHOWN).map((finding) => (
            <li key={`${finding.from} ${finding.message}`} className="flex gap-3 border-b border-line py-1 text-table">
              <button type="button" className="link shrink-0" onClick={() => show(finding)}>
                Line {lineOf(value, finding.from)}
              </button>
              <span>{finding.message}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

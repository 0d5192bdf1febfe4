'use client'

import dynamic from 'next/dynamic'
import { useId, useRef } from 'react'
import { useGoOn } from '#components/create-key/wizard-footer.tsx'
import type { PolicyEditorHandle } from '#components/policy/policy-editor.tsx'
import { PolicyFindings } from '#components/policy/policy-findings.tsx'
import { PolicySize, sizeOf } from '#components/policy/policy-size.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { LintPosition } from '#lib/domain/policy-grammar.ts'
import { useNarrow } from '../use-narrow.ts'

// 190 kB that no other step needs.
const PolicyEditor = dynamic(
  () => import('#components/policy/policy-editor.tsx').then((module) => module.PolicyEditor),
  {
    ssr: false,
    loading: () => (
      <div className="h-[60vh] min-h-80 border border-line-strong bg-surface p-3">
        <Skeleton className="w-1/3" />
      </div>
    ),
  },
)

type PolicyAreaProps = { value: string; findings: readonly LintPosition[]; onChange: (text: string) => void }

/** The editor with its size and what it finds; on a phone a plain field. */
export function PolicyArea({ value, findings, onChange }: PolicyAreaProps) {
  const id = useId()
  const narrow = useNarrow()
  const editor = useRef<PolicyEditorHandle>(null)
  const goOn = useGoOn()
  const named = { label: `${id}-label`, size: `${id}-size` }
  return (
    <div className="max-w-form space-y-4">
      <div data-invalid={findings.length > 0}>
        <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4">
          <p id={named.label} className="text-table font-medium">
            Key policy
          </p>
          <span className="text-label">
            <PolicySize id={named.size} bytes={sizeOf(value)} />
          </span>
        </div>
        {narrow ? (
          <Textarea
            mono
            aria-labelledby={named.label}
            aria-describedby={named.size}
            aria-invalid={findings.length > 0}
            className="min-h-[50vh]"
            spellCheck={false}
            autoCapitalize="off"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <PolicyEditor
            ref={editor}
            labelledBy={named.label}
            describedBy={named.size}
            value={value}
            onChange={onChange}
            onSave={() => goOn('review')}
            saveWords="Ctrl+S goes on to the review."
          />
        )}
      </div>
      <PolicyFindings
        text={value}
        findings={findings}
        onGo={narrow ? undefined : (position) => editor.current?.go(position)}
      />
    </div>
  )
}

'use client'

import dynamic from 'next/dynamic'
import { useId, useRef } from 'react'
import { fixedPolicy } from '#components/create-key/fixed-policy.ts'
import { useGoOn } from '#components/create-key/wizard-footer.tsx'
import { FindingsPanel } from '#components/policy/findings-panel.tsx'
import type { PolicyEditorHandle } from '#components/policy/policy-editor.tsx'
import { PolicySize, sizeOf } from '#components/policy/policy-size.tsx'
import type { Findings } from '#components/policy/use-findings.ts'
import { Textarea } from '#components/ui/input.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
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

type PolicyAreaProps = { value: string; findings: Findings; onChange: (text: string) => void }

/** The editor with its size and what it finds; on a phone a plain field. */
export function PolicyArea({ value, findings, onChange }: PolicyAreaProps) {
  const id = useId()
  const invalid = findings.findings.some(({ Severity }) => Severity === 'error')
  const narrow = useNarrow()
  const editor = useRef<PolicyEditorHandle>(null)
  const goOn = useGoOn()
  const named = { label: `${id}-label`, size: `${id}-size` }
  return (
    <div className="max-w-form space-y-4">
      <div data-invalid={invalid}>
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
            aria-invalid={invalid}
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
            findings={findings.findings}
            onChange={onChange}
            onSave={() => goOn('review')}
            saveWords="Ctrl+S goes on to the review."
          />
        )}
      </div>
      <FindingsPanel
        text={value}
        state={findings}
        onFix={(finding) => onChange(fixedPolicy(value, finding))}
        onGo={narrow ? undefined : (position) => editor.current?.go(position)}
      />
    </div>
  )
}

'use client'

import dynamic from 'next/dynamic'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { AddStatement } from '#components/policy/add-statement.tsx'
import { Outline } from '#components/policy/outline.tsx'
import type { PolicyEditorHandle } from '#components/policy/policy-editor.tsx'
import { PolicyText } from '#components/policy/policy-text.tsx'
import type { PolicyKnowledge } from '#components/policy/policy-words.ts'
import { addStatement, fixed } from '#components/policy/statement-edits.ts'
import { statementsOf } from '#components/policy/statement-nodes.ts'
import { StructuredPolicy } from '#components/policy/structured-policy.tsx'
import type { Findings } from '#components/policy/use-findings.ts'
import { useSimulation } from '#components/policy/use-simulation.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useNarrow } from '../../../use-narrow.ts'
import type { PolicyPlace } from '../policy-place.ts'
import { SidePanel, type Tab } from './side-panel.tsx'

// 190 kB that no other page needs.
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

type WorkbenchProps = {
  place: PolicyPlace
  knowledge: PolicyKnowledge
  text: string
  findings: Findings
  readOnly: boolean
  /** Where the caret begins, from 1. */
  line: number | undefined
  /** Id of what else describes the text: its size. */
  describedBy: string
  onEdit: (text: string) => void
  onReview: () => void
}

/** Where what stands on a line begins. */
function offsetOfLine(text: string, line: number): number {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  return before + (lines[line - 1]?.search(/\S|$/) ?? 0)
}

/** Outline, text and what is said about it: beside each other where there is room, else one under the other. */
export function Workbench(props: WorkbenchProps) {
  const { place, knowledge, text, findings, readOnly, line, describedBy, onEdit, onReview } = props
  const id = useId()
  const narrow = useNarrow()
  const editor = useRef<PolicyEditorHandle>(null)
  const [caret, setCaret] = useState(0)
  const [tab, setTab] = useState<Tab>(readOnly ? 'simulate' : 'checks')
  const askable = !findings.findings.some(({ Id }) => /^(JSON|GRAM|CHAR|SIZE|NOOP)-/.test(Id))
  const simulation = useSimulation({
    ...{ scope: place.scope, reference: place.reference, self: place.self, key: place.key },
    ...{ text, askable },
  })
  const go = (position: number) => editor.current?.go(position)
  const deciding = simulation.asked ? simulation.draft.data?.Deciding : undefined
  const index = deciding?.PolicyRole === 'resource' ? deciding.Index : undefined
  const marked = useMemo(() => (index === undefined ? undefined : statementsOf(text)[index]), [text, index])
  const start = useRef(line)
  useEffect(() => {
    // The editor comes after the page: it is looked for until it is there.
    if (start.current === undefined || narrow) return
    const timer = setInterval(() => {
      if (!editor.current) return
      editor.current.go(offsetOfLine(text, start.current ?? 1))
      start.current = undefined
      clearInterval(timer)
    }, 50)
    return () => clearInterval(timer)
  }, [text, narrow])
  const edit = readOnly ? undefined : onEdit
  const side = (
    <SidePanel
      {...{ place, knowledge, text, findings, simulation, askable, tab }}
      onTab={setTab}
      onGo={narrow ? undefined : go}
      onGoStatement={narrow ? undefined : (at) => go(statementsOf(text)[at]?.from ?? 0)}
      onFix={edit && ((finding) => edit(fixed(text, finding.Fix?.Edits ?? [])))}
    />
  )
  if (narrow)
    return (
      <div className="space-y-5">
        <StructuredPolicy
          text={text}
          account={place.scope.account}
          principals={knowledge.principals}
          onEdit={edit}
          linked={false}
        />
        {edit && <AddStatement knowledge={knowledge} onAdd={(one) => edit(addStatement(text, one))} />}
        <p className="text-table text-text2">The text itself is edited in a wider window.</p>
        <PolicyText text={text} label={`Key policy of ${place.name}`} />
        {side}
      </div>
    )
  return (
    <div className="grid gap-x-5 gap-y-4 xl:grid-cols-[220px_minmax(0,1fr)_360px]">
      <section aria-labelledby={`${id}-outline`} className="min-w-0">
        <h2 id={`${id}-outline`} className="border-b border-line pb-1 text-section">
          Statements
        </h2>
        <Outline text={text} findings={findings.findings} caret={caret} onGo={go} onEdit={edit} />
        {edit && (
          <div className="pt-2 max-xl:max-w-60">
            <AddStatement knowledge={knowledge} onAdd={(one) => edit(addStatement(text, one))} />
          </div>
        )}
      </section>
      <div className="min-w-0">
        <p id={`${id}-label`} className="text-table font-medium">
          Key policy of {place.name}
        </p>
        <p id={`${id}-help`} className="mb-1 text-table text-text2">
          {readOnly
            ? 'Read only.'
            : 'JSON. Saving replaces the whole policy; calls are decided by the new one at once.'}
        </p>
        <PolicyEditor
          ref={editor}
          labelledBy={`${id}-label`}
          describedBy={`${id}-help ${describedBy}`}
          value={text}
          onChange={onEdit}
          onSave={onReview}
          saveWords="Ctrl+S goes on to the review."
          knowledge={knowledge}
          findings={findings.findings}
          marked={marked}
          readOnly={readOnly}
          onCaret={setCaret}
        />
      </div>
      <div className="min-w-0">{side}</div>
    </div>
  )
}

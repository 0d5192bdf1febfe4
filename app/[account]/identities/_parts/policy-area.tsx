'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useId, useMemo, useRef } from 'react'
import { useNarrow } from '#app/[account]/[region]/keys/use-narrow.ts'
import { countsOf, groupsOf } from '#components/policy/findings.ts'
import type { PolicyEditorHandle } from '#components/policy/policy-editor.tsx'
import { type Findings, useFindings } from '#components/policy/use-findings.ts'
import { ErrorState } from '#components/states.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { Scope } from '#lib/console/paths.ts'

// 190 kB that no other page needs.
const PolicyEditor = dynamic(
  () => import('#components/policy/policy-editor.tsx').then((module) => module.PolicyEditor),
  {
    ssr: false,
    loading: () => (
      <div className="h-80 border border-line-strong bg-surface p-3">
        <Skeleton className="w-1/3" />
      </div>
    ),
  },
)

/** What is written: what somebody may do (a boundary and a guardrail are the same), or who may assume a role. */
export type PolicyPurpose = 'identity' | 'boundary' | 'trust'

type PolicyAreaProps = {
  scope: Scope
  purpose: PolicyPurpose
  label: string
  help: ReactNode
  value: string
  onChange: (text: string) => void
  onSave: () => void
}

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length

/** A policy as text with what is found about it while it is written. */
export function PolicyArea({ scope, purpose, label, help, value, onChange, onSave }: PolicyAreaProps) {
  const id = useId()
  const narrow = useNarrow()
  const editor = useRef<PolicyEditorHandle>(null)
  const kind = purpose === 'trust' ? 'trust' : 'identity'
  const found = useFindings(value, { ...scope, kind, about: { Kind: purpose } })
  const knowledge = useMemo(
    () => ({
      kind: kind as 'trust' | 'identity', // widened by the memo otherwise
      partition: scope.region.startsWith('cn-') ? 'aws-cn' : 'aws',
      account: scope.account,
      key: {},
      principals: [],
      regions: [scope.region],
    }),
    [kind, scope],
  )
  return (
    <div className="grid gap-x-6 gap-y-3 xl:grid-cols-[minmax(0,1fr)_360px]">
      <div className="min-w-0">
        <p id={`${id}-label`} className="text-table font-medium">
          {label}
        </p>
        <p id={`${id}-help`} className="mb-1 max-w-prose text-table text-text2">
          {help}
        </p>
        {narrow ? (
          <Textarea
            mono
            aria-labelledby={`${id}-label`}
            aria-describedby={`${id}-help`}
            className="min-h-72"
            spellCheck={false}
            autoCapitalize="off"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <PolicyEditor
            ref={editor}
            labelledBy={`${id}-label`}
            describedBy={`${id}-help`}
            value={value}
            onChange={onChange}
            onSave={onSave}
            knowledge={knowledge}
            findings={found.findings}
          />
        )}
      </div>
      <FoundInPolicy
        text={value}
        found={found}
        onGo={narrow ? undefined : (position) => editor.current?.go(position)}
      />
    </div>
  )
}

type FoundProps = { text: string; found: Findings; onGo: ((position: number) => void) | undefined }

function FoundInPolicy({ text, found, onGo }: FoundProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="border-b border-line pb-1 text-table font-semibold">
        Checks
        <span className="ps-2 font-normal text-text2" role="status">
          {countsOf(found.findings)}
        </span>
      </h2>
      {found.refusal && (
        <div className="mt-2">
          <ErrorState what="The engine’s checks didn’t run." refusal={found.refusal} onRetry={found.retry} />
        </div>
      )}
      <ul>
        {groupsOf(found.findings).flatMap(({ severity, title, findings }) =>
          findings.map(({ Id, Message, From }) => (
            <li key={`${Id} ${From} ${Message}`} className="border-b border-line py-2 text-table">
              <span
                className={severity === 'error' ? 'font-semibold text-vermilion' : 'font-semibold text-brass'}
              >
                {title}
              </span>{' '}
              {Message}{' '}
              {onGo ? (
                <button type="button" className="link" onClick={() => onGo(From)}>
                  Line {lineOf(text, From)}
                </button>
              ) : (
                <span className="text-text2">Line {lineOf(text, From)}</span>
              )}
            </li>
          )),
        )}
      </ul>
    </section>
  )
}

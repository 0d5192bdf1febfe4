'use client'

import { useMemo } from 'react'
import { policyDelta } from '#lib/domain/policy-delta.ts'
import { PanelTabs } from '../ui/panel-tabs.tsx'
import { PolicyDiff } from './policy-diff.tsx'

type PolicyChangeProps = {
  before: string
  after: string
  beforeName: string
  afterName: string
  account: string
}

/** What changed, twice: as what it means, whatever the order and layout, and line by line as it is written. */
export function PolicyChange({ before, after, beforeName, afterName, account }: PolicyChangeProps) {
  const phrases = useMemo(() => policyDelta(before, after, account), [before, after, account])
  const label = `${beforeName} against ${afterName}`
  return (
    <PanelTabs
      label="Ways to read the change"
      tabs={[
        {
          id: 'lines',
          label: 'Lines',
          content: <PolicyDiff exact {...{ before, after, beforeName, afterName, label }} />,
        },
        {
          id: 'meaning',
          label: 'Meaning',
          content:
            phrases.length === 0 ? (
              <p className="text-table text-text2">Nothing changed.</p>
            ) : (
              <ul aria-label="Changes in words" className="border-t border-line text-table">
                {phrases.map((phrase) => (
                  <li key={phrase} className="break-words border-b border-line py-1.5">
                    {phrase}
                  </li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  )
}

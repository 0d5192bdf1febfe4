'use client'

import type { Finding } from '#components/policy/findings.ts'
import { FindingsPanel } from '#components/policy/findings-panel.tsx'
import type { Findings } from '#components/policy/use-findings.ts'

type Passed = { readonly ids: readonly string[]; readonly says: string }

/** Checks that say so when nothing was found. */
const PASSED: readonly Passed[] = [
  { ids: ['LOCK-01', 'LOCK-02'], says: 'You can still change this policy after saving.' },
  { ids: ['LOCK-02', 'LOCK-03'], says: 'More than one principal can.' },
  { ids: ['EXT-01', 'PRIN-01', 'NOT-01'], says: 'No access for unknown accounts. No public principal.' },
  { ids: ['SOD-01'], says: 'No principal both manages and uses the key.' },
  { ids: ['PRIN-02', 'PRIN-03', 'PRIN-04'], says: 'Every principal exists.' },
  { ids: ['ACT-01', 'ACT-02'], says: 'Every action exists and applies to this key.' },
]

const passes = (findings: readonly Finding[]) =>
  PASSED.filter(({ ids }) => !findings.some(({ Id }) => ids.includes(Id)))

/** Failures first, and then what was looked at and is well. */
export function Checks({ text, state }: { text: string; state: Findings }) {
  const readable = !state.findings.some(({ Id }) => /^(JSON|GRAM)-/.test(Id))
  return (
    <>
      <FindingsPanel text={text} state={state} />
      {state.settled && readable && (
        <ul aria-label="Passed">
          {passes(state.findings).map(({ says }) => (
            <li key={says} className="border-b border-line py-2 text-table text-text2">
              <span className="font-semibold text-text">Passed</span> {says}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

'use client'

import { ErrorState } from '../states.tsx'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/class-names.ts'
import { countsOf, type Finding, groupsOf } from './findings.ts'
import { SEVERITY_COLOUR, SeverityMark } from './severity-mark.tsx'
import { lineAt } from './statement-nodes.ts'
import type { Findings } from './use-findings.ts'

type FindingsPanelProps = {
  text: string
  state: Findings
  /** Puts the caret there, where there is an editor that can. */
  onGo?: ((position: number) => void) | undefined
  /** Applies a fix; without it, fixes are not offered. */
  onFix?: ((finding: Finding) => void) | undefined
  title?: string
}

/** What is wrong with the policy: the browser's word at once, the server's as soon as it is there. */
export function FindingsPanel({ text, state, onGo, onFix, title = 'Checks' }: FindingsPanelProps) {
  const { findings, settled, refusal, retry } = state
  return (
    <section aria-label={title} aria-busy={!settled && !refusal}>
      <h2 className="border-b border-line pb-1 text-section">
        {title}
        <span className="ps-2 text-table font-normal text-text2" role="status">
          {settled || findings.length > 0 || refusal ? countsOf(findings) : 'checking…'}
        </span>
      </h2>
      {refusal && (
        <div className="py-2">
          <ErrorState what="The server’s checks couldn’t be made." refusal={refusal} onRetry={retry} />
        </div>
      )}
      {findings.length === 0 && settled && (
        <p className="border-b border-line py-2 text-table text-text2">
          <span className="font-semibold text-text">Passed</span> Every check, by the browser and the server.
        </p>
      )}
      {groupsOf(findings).map(({ severity, title: group, findings: found }) => (
        <ul key={severity} aria-label={group}>
          {found.map((finding) => (
            <FindingRow
              key={`${finding.Id} ${finding.From} ${finding.Message}`}
              finding={finding}
              text={text}
              onGo={onGo}
              onFix={onFix}
            />
          ))}
        </ul>
      ))}
    </section>
  )
}

type RowProps = Pick<FindingsPanelProps, 'text' | 'onGo' | 'onFix'> & { finding: Finding }

function FindingRow({ finding, text, onGo, onFix }: RowProps) {
  const { Id, Severity, Message, From, To, Fix } = finding
  // What is about the whole policy has no line of its own.
  const line = From === 0 && (To === 0 || To >= text.length) ? undefined : `Line ${lineAt(text, From)}`
  const [group] = groupsOf([finding])
  return (
    <li className="border-b border-line py-2 text-table">
      <p className="break-words">
        <SeverityMark severity={Severity} className="me-1.5 inline-block align-[-1px]" />
        <span className={cn('font-semibold', SEVERITY_COLOUR(Severity))}>{group?.title}</span> {Message}{' '}
        <span className="whitespace-nowrap text-text2">
          {Id}
          {line && ' · '}
          {line &&
            (onGo ? (
              <button type="button" className="link" onClick={() => onGo(From)}>
                {line}
              </button>
            ) : (
              line
            ))}
        </span>
      </p>
      {Fix && onFix && (
        <Button className="mt-1.5" onClick={() => onFix(finding)}>
          {Fix.Title}
        </Button>
      )}
    </li>
  )
}

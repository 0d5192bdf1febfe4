'use client'

import { useState } from 'react'
import {
  type FindingView,
  isSuspicion,
  type LogStateView,
  place,
} from '#components/integrity/log-state-words.ts'
import { Section } from '#components/page-header.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { AcknowledgeFinding } from './acknowledge-finding.tsx'

const KINDS: Record<FindingView['Kind'], string> = {
  gap: 'Gap',
  mismatch: 'Mismatch',
  mac: 'Wrong MAC',
  unreadable: 'Unreadable',
  missing: 'Missing',
  rollback: 'Rollback',
  fork: 'Fork',
}

const whereOf = ({ FirstIndex, LastIndex }: FindingView): string => {
  if (FirstIndex === null) return ''
  return LastIndex === null || LastIndex === FirstIndex
    ? place(FirstIndex)
    : `${place(FirstIndex)} to ${place(LastIndex)}`
}

/** What is wrong or was: it stays listed when somebody has acknowledged it. */
export function Findings({ account, state }: { account: string; state: LogStateView }) {
  const [asked, setAsked] = useState<FindingView>()
  const { Findings: findings } = state
  return (
    <div id="findings" className="scroll-mt-16">
      <Section title="Findings">
        {findings.length === 0 ? (
          <Hint>Nothing has been found wrong with the log.</Hint>
        ) : (
          <Table caption="Findings">
            <TableHead>
              <HeaderCell>Finding</HeaderCell>
              <HeaderCell>Where</HeaderCell>
              <HeaderCell>Found</HeaderCell>
              <HeaderCell>Acknowledged</HeaderCell>
            </TableHead>
            <TableBody>
              {findings.map((finding) => (
                <FindingRow key={finding.Id} finding={finding} onAcknowledge={() => setAsked(finding)} />
              ))}
            </TableBody>
          </Table>
        )}
      </Section>
      {asked && (
        <AcknowledgeFinding
          account={account}
          finding={asked}
          name={`${KINDS[asked.Kind].toLowerCase()} ${whereOf(asked)}`.trim()}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}

function FindingRow({ finding, onAcknowledge }: { finding: FindingView; onAcknowledge: () => void }) {
  const { Kind, Sentence, FoundAt, AcknowledgedAt, AcknowledgedBy } = finding
  const where = whereOf(finding)
  return (
    <TableRow className="align-top">
      <RowHeader className="py-2 font-normal">
        <span className={AcknowledgedAt === null ? 'font-medium text-vermilion' : 'font-medium'}>
          {KINDS[Kind]}
        </span>
        <span className="block max-w-prose text-text2">{Sentence}</span>
      </RowHeader>
      <Cell narrow="fact" className="py-2 font-mono text-mono">
        {where}
      </Cell>
      <Cell narrow="fact-end" className="py-2">
        <Time at={FoundAt} />
      </Cell>
      <Cell narrow="whole" className="py-2">
        {AcknowledgedAt === null && isSuspicion(finding) && (
          <a href="#rollback" className="link">
            Acknowledge the rollback
          </a>
        )}
        {AcknowledgedAt === null && !isSuspicion(finding) && (
          <Button variant="danger" onClick={onAcknowledge}>
            Acknowledge
            <span className="sr-only">
              {' '}
              {KINDS[Kind].toLowerCase()} {where}
            </span>
          </Button>
        )}
        {AcknowledgedAt !== null && (
          <span className="text-text2">
            {AcknowledgedBy !== null && principalLabel(AcknowledgedBy)} <Time at={AcknowledgedAt} />
          </span>
        )}
      </Cell>
    </TableRow>
  )
}

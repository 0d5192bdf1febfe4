'use client'

import { cn } from '#components/ui/class-names.ts'
import { Note } from '#components/ui/hint.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { type NamedPrincipal, whoCan } from './who-can.ts'

/** A permission square: filled where the policy allows, hollow where it does not. */
function Square({ on, words }: { on: boolean; words: string }) {
  return (
    <>
      <svg
        aria-hidden="true"
        viewBox="0 0 12 12"
        className={cn('mark inline-block size-3', on ? 'text-text2' : 'text-text3')}
      >
        <rect
          x="1.500"
          y="1.500"
          width="9"
          height="9"
          fill={on ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.200"
        />
      </svg>
      <span className="sr-only">{words}</span>
    </>
  )
}

const yesNo = (on: boolean) => (on ? 'Yes' : 'No')

function summaryOf({ manages, uses, services }: NamedPrincipal): string {
  const parts = [manages && 'manages', uses && 'uses', services && 'lets AWS services use it'].filter(
    (part) => part !== false,
  )
  return parts.join(', ')
}

/** Who the policy names and for what, in squares and in words. */
export function WhoCanTable({ policy, account }: { policy: string; account: string }) {
  const { principals, delegates, sentences } = whoCan(policy, account)
  const both = principals.filter(({ manages, uses }) => manages && uses)
  return (
    <div className="max-w-form space-y-3">
      {principals.length > 0 && (
        <>
          <Table caption="Who will be able to manage and use the key">
            <TableHead>
              <HeaderCell>Principal</HeaderCell>
              <HeaderCell className="text-center">Manage</HeaderCell>
              <HeaderCell className="text-center">Use</HeaderCell>
              <HeaderCell className="text-center">Through services</HeaderCell>
            </TableHead>
            <TableBody>
              {principals.map((principal) => (
                <TableRow key={principal.name}>
                  <RowHeader className="break-all">{principal.name}</RowHeader>
                  <Cell className="text-center">
                    <Square on={principal.manages} words={yesNo(principal.manages)} />
                  </Cell>
                  <Cell className="text-center">
                    <Square on={principal.uses} words={yesNo(principal.uses)} />
                  </Cell>
                  <Cell className="text-center">
                    <Square on={principal.services} words={yesNo(principal.services)} />
                  </Cell>
                  <Cell narrow="whole" className="text-text2 md:hidden">
                    {summaryOf(principal)}
                  </Cell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          <p className="text-table">
            <span className="font-medium">Both: </span>
            {both.length === 0
              ? 'none.'
              : `${both.map(({ name }) => name).join(', ')} would manage and use this key. (SOD-01)`}
          </p>
        </>
      )}
      <ul aria-label="The policy in words" className="list-disc space-y-1 ps-5 text-table text-text2">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {delegates ? (
        <Note tone="brass">
          Through the account statement, identity policies of account {account} can give access too. An
          identity whose own policy allows <code className="text-mono">kms:*</code> on this key, such as one
          with AdministratorAccess, can manage and use it without being named here.
        </Note>
      ) : (
        <Note tone="brass">
          No statement hands the key to the account. Identity policies can’t give access to it, and only the
          principals above can change this policy.
        </Note>
      )}
    </div>
  )
}

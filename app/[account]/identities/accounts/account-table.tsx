'use client'

import { useState } from 'react'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { useAction } from '#components/use-action.ts'
import { formatNumber } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { enableAccount } from './actions.ts'
import { ChangeRegions } from './change-regions.tsx'
import { DisableAccount } from './disable-account.tsx'

export type ListedAccount = OutputOf<'ListAccounts'>['Accounts'][number]
type Deed = { readonly kind: 'regions' | 'disable'; readonly of: ListedAccount }

const OWN = 'The first account cannot be disabled.'

type DeedsProps = { account: string; of: ListedAccount; onDeed: (deed: Deed) => void; onEnable: () => void }

function Deeds({ account, of, onDeed, onEnable }: DeedsProps) {
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="icon" aria-label={`Actions for account ${of.AccountId}`}>
          ⋯
        </Button>
      }
    >
      <MenuItem href={paths.identity(account, 'accounts', of.AccountId)}>Guardrails</MenuItem>
      <MenuItem onSelect={() => onDeed({ kind: 'regions', of })}>Change Regions…</MenuItem>
      {of.Disabled ? (
        <MenuItem onSelect={onEnable}>Enable account</MenuItem>
      ) : (
        <MenuItem danger {...(of.Own && { reason: OWN })} onSelect={() => onDeed({ kind: 'disable', of })}>
          Disable account…
        </MenuItem>
      )}
    </Menu>
  )
}

const markOf = ({ Disabled, Sample, Own }: ListedAccount) =>
  [Own && 'This account', Sample && 'Sample', Disabled && 'Disabled'].filter(Boolean).join(', ')

type AccountTableProps = { account: string; accounts: readonly ListedAccount[] }

/** Every account of the installation, and what can be done to each. */
export function AccountTable({ account, accounts }: AccountTableProps) {
  const [deed, setDeed] = useState<Deed>()
  const enable = useAction(enableAccount, { account, done: (_, { id }) => `Account ${id} is enabled.` })
  const close = () => setDeed(undefined)
  return (
    <>
      <Table caption="Accounts">
        <TableHead>
          <HeaderCell>Account</HeaderCell>
          <HeaderCell>Alias</HeaderCell>
          <HeaderCell from="lg">Regions</HeaderCell>
          <HeaderCell className="text-end">Keys</HeaderCell>
          <HeaderCell className="text-end">Users</HeaderCell>
          <HeaderCell from="lg">Created</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {accounts.map((row) => (
            <TableRow key={row.AccountId}>
              <RowHeader>
                <Identifier value={row.AccountId} name="account ID" />
              </RowHeader>
              <Cell narrow="fact">{row.Alias ?? '–'}</Cell>
              <Cell from="lg" className="max-w-72 truncate" title={row.Regions.join(', ')}>
                {row.Regions.join(', ')}
              </Cell>
              <Cell className="text-end">{formatNumber(row.Keys)}</Cell>
              <Cell className="text-end">{formatNumber(row.Users)}</Cell>
              <Cell from="lg">
                <Time at={row.CreateDate} as="date" />
              </Cell>
              <Cell narrow="fact-end" className={row.Disabled ? 'text-vermilion' : 'text-text2'}>
                {markOf(row)}
              </Cell>
              <Cell narrow="end" className="text-end">
                <Deeds
                  account={account}
                  of={row}
                  onDeed={setDeed}
                  onEnable={() => void enable.run({ id: row.AccountId })}
                />
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {deed?.kind === 'regions' && <ChangeRegions account={account} of={deed.of} onClose={close} />}
      {deed?.kind === 'disable' && <DisableAccount account={account} of={deed.of} onClose={close} />}
    </>
  )
}

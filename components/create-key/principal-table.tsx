'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { Glyph } from '#components/glyphs/glyph.tsx'
import { Time } from '#components/time.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Input } from '#components/ui/input.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { useVirtualRows } from '#components/ui/virtual-rows.ts'
import { count } from '#lib/console/format.ts'
import type { Principal } from './use-principals.ts'

type TableProps = {
  label: string
  people: readonly Principal[]
  self: string
  chosen: readonly string[]
  onToggle: (arn: string) => void
  /** What a row must say besides. */
  warning: ((arn: string) => string | undefined) | undefined
}

const ROW = 34

/** Identities as rows to choose from: searched by name, and drawn only where they are seen. */
export function PrincipalTable({ label, people, self, chosen, onToggle, warning }: TableProps) {
  const id = useId()
  const [search, setSearch] = useState('')
  const scroll = useRef<HTMLDivElement>(null)
  const found = people.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  const rows = useVirtualRows({ count: found.length, scroll, rowHeight: ROW })
  return (
    <>
      <label htmlFor={id} className="sr-only">
        Search {label.toLowerCase()}
      </label>
      <Input
        id={id}
        type="search"
        autoComplete="off"
        placeholder="Search by name"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <Table
        caption={label}
        scrollRef={scroll}
        scrollClassName="mt-1 max-h-72 overflow-y-auto"
        rowCount={found.length + 1}
      >
        <TableHead sticky>
          <HeaderCell className="w-8">
            <span className="sr-only">Choose</span>
          </HeaderCell>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Type</HeaderCell>
          <HeaderCell>Last active</HeaderCell>
        </TableHead>
        <TableBody>
          <Spacer height={rows.before} />
          {rows.items.map(({ index }) => {
            const principal = found[index]
            if (!principal) return null
            return (
              <PrincipalRow
                key={principal.arn}
                index={index}
                measure={rows.measure}
                principal={principal}
                isSelf={principal.arn === self}
                checked={chosen.includes(principal.arn)}
                onToggle={() => onToggle(principal.arn)}
                warning={warning?.(principal.arn)}
              />
            )
          })}
          <Spacer height={rows.after} />
        </TableBody>
      </Table>
      <p className="pt-1 text-label text-text3" role="status">
        {found.length === 0
          ? `Nobody here has “${search}” in the name.`
          : `${count(found.length, 'identity', 'identities')}${search === '' ? '' : ' found'}`}
      </p>
    </>
  )
}

const Spacer = ({ height }: { height: number }): ReactNode =>
  height > 0 && (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it only holds the room of rows that are not drawn
    <tr aria-hidden="true">
      <td style={{ height }} />
    </tr>
  )

type RowProps = {
  index: number
  measure: (row: Element | null) => void
  principal: Principal
  isSelf: boolean
  checked: boolean
  onToggle: () => void
  warning: string | undefined
}

function PrincipalRow({ index, measure, principal, isSelf, checked, onToggle, warning }: RowProps) {
  const { arn, name, kind, lastActive } = principal
  return (
    <TableRow
      ref={measure}
      data-index={index}
      index={index}
      selected={checked}
      onClick={(event) => event.target instanceof HTMLInputElement || onToggle()}
    >
      <Cell narrow="end" className="w-8">
        <Checkbox aria-label={`Choose ${name}`} checked={checked} onChange={onToggle} />
      </Cell>
      <RowHeader>
        <span className="inline-flex items-center gap-2 py-1.5" title={arn}>
          <Glyph name={kind === 'user' ? 'user' : 'account'} className="text-text3" />
          {name}
          {isSelf && <span className="font-normal text-text2">(you)</span>}
        </span>
        {warning && (
          <span className="block whitespace-normal pb-1.5 ps-6 font-normal text-brass">{warning}</span>
        )}
      </RowHeader>
      <Cell narrow="fact">User</Cell>
      <Cell narrow="fact" className="text-text2">
        {lastActive === undefined ? 'Never' : <Time at={lastActive} />}
      </Cell>
    </TableRow>
  )
}

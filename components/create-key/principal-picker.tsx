'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { Glyph } from '#components/glyphs/glyph.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { Input } from '#components/ui/input.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { useVirtualRows } from '#components/ui/virtual-rows.ts'
import { count, principalLabel } from '#lib/console/format.ts'
import { PasteArns } from './paste-arns.tsx'
import type { Principal } from './use-principals.ts'
import { useWizard } from './wizard-context.tsx'

type PickerProps = {
  /** "Key administrators": names the table. */
  label: string
  chosen: readonly string[]
  onChange: (arns: string[]) => void
  /** What a row must say besides: that someone would also manage the key. */
  warning?: (arn: string) => string | undefined
}

/** Chooses identities of the account: from the list, or by ARN. */
export function PrincipalPicker({ label, chosen, onChange, warning }: PickerProps) {
  const { principals, setting } = useWizard()
  const toggle = (arn: string) => onChange(chosen.includes(arn) ? chosen.filter((one) => one !== arn) : [...chosen, arn])
  // The account itself is in the policy's first statement; here one chooses people and programs.
  const people = principals.list?.filter(({ kind }) => kind !== 'root')
  return (
    <div className="max-w-form">
      <Chosen label={label} chosen={chosen} onRemove={toggle} />
      {principals.refusal ? (
        <ErrorState what="The identities of this account couldn’t be listed. ARNs can still be pasted." refusal={principals.refusal} onRetry={principals.retry} />
      ) : (
        people && <PrincipalTable label={label} people={people} self={setting.self} chosen={chosen} onToggle={toggle} warning={warning} />
      )}
      <PasteArns chosen={chosen} onAdd={(arns) => onChange([...chosen, ...arns])} />
    </div>
  )
}

function Chosen({ label, chosen, onRemove }: { label: string; chosen: readonly string[]; onRemove: (arn: string) => void }) {
  return (
    <div className="mb-3 min-h-6">
      <p className="sr-only" role="status">
        {count(chosen.length, 'identity', 'identities')} chosen
      </p>
      {chosen.length > 0 && (
        <ul aria-label={`${label}, chosen`} className="flex flex-wrap gap-1.5">
          {chosen.map((arn) => (
            <li key={arn} className="max-w-full">
              <Chip mono={false} onRemove={() => onRemove(arn)} removeLabel={`Remove ${principalLabel(arn)}`}>
                {principalLabel(arn)}
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

type TableProps = {
  label: string
  people: readonly Principal[]
  self: string
  chosen: readonly string[]
  onToggle: (arn: string) => void
  warning: PickerProps['warning']
}

const ROW = 34

function PrincipalTable({ label, people, self, chosen, onToggle, warning }: TableProps) {
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
      <Table caption={label} scrollRef={scroll} scrollClassName="mt-1 max-h-72 overflow-y-auto" rowCount={found.length + 1}>
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
        {found.length === 0 ? `Nobody here has “${search}” in the name.` : `${count(found.length, 'identity', 'identities')}${search === '' ? '' : ' found'}`}
      </p>
    </>
  )
}

const Spacer = ({ height }: { height: number }): ReactNode =>
  height > 0 && (
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
    <TableRow ref={measure} data-index={index} index={index} selected={checked} onClick={(event) => event.target instanceof HTMLInputElement || onToggle()}>
      <Cell narrow="end" className="w-8">
        <Checkbox aria-label={`Choose ${name}`} checked={checked} onChange={onToggle} />
      </Cell>
      <RowHeader>
        <span className="inline-flex items-center gap-2 py-1.5" title={arn}>
          <Glyph name={kind === 'user' ? 'user' : 'account'} className="text-text3" />
          {name}
          {isSelf && <span className="font-normal text-text2">(you)</span>}
        </span>
        {warning && <span className="block whitespace-normal pb-1.5 ps-6 font-normal text-brass">{warning}</span>}
      </RowHeader>
      <Cell narrow="fact">User</Cell>
      <Cell narrow="fact" className="text-text2">
        {lastActive === undefined ? 'Never' : <Time at={lastActive} />}
      </Cell>
    </TableRow>
  )
}

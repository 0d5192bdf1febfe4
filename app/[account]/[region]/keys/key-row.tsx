'use client'

import { useRouter } from 'next/navigation'
import type { MouseEvent, Ref } from 'react'
import { useNow } from '#components/clock.tsx'
import { KeyName } from '#components/key-name.tsx'
import { keyTitle } from '#components/keys/key-words.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { cn } from '#components/ui/class-names.ts'
import { Cell, RowHeader, TableRow } from '#components/ui/table.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { Selection } from './bulk/selection.ts'
import type { Column } from './columns.tsx'
import type { DeedTarget, KeyDeed } from './key-deeds.tsx'
import { KeyRowMenu } from './key-row-menu.tsx'
import type { ListedKey } from './key-search.ts'

type KeyRowProps = {
  scope: Scope
  listed: ListedKey
  /** Its place in the whole list. */
  index: number
  columns: readonly Column[]
  selection: Selection
  measure: Ref<HTMLTableRowElement>
  start: (deed: KeyDeed, target: DeedTarget) => void
  onFocus: (index: number) => void
}

// A click on these is theirs, not the row's.
const OWN_CLICK = 'a, button, input, [role="menuitem"], [role="menu"]'

/** One key. The whole row opens it; its name is the link. Two lines below 768 px. */
export function KeyRow({ scope, listed, index, columns, selection, measure, start, onFocus }: KeyRowProps) {
  const router = useRouter()
  const now = useNow()
  const { id, aliases, state, lastUse } = listed
  const href = paths.key(scope, id)
  const name = keyTitle(id, aliases[0])
  const target = { reference: id, name, arn: listed.arn, state, lastUse }
  const selected = selection.has(id)
  function open(event: MouseEvent<HTMLTableRowElement>) {
    const on = event.target
    if (!(on instanceof Element) || on.closest(OWN_CLICK) || getSelection()?.toString()) return
    router.push(href)
  }
  return (
    <TableRow
      ref={measure}
      index={index}
      data-index={index}
      data-arn={listed.arn}
      selected={selected}
      aria-selected={selected}
      onClick={open}
      onFocus={() => onFocus(index)}
      className="cursor-pointer max-md:relative max-md:ps-9"
    >
      <Cell
        narrow="fact"
        className="w-8 pe-0 max-md:absolute max-md:-start-3 max-md:-top-1.5"
        onClick={(event) => event.stopPropagation()}
      >
        <Checkbox
          aria-label={`Select ${name}`}
          checked={selected}
          disabled={selection.locked}
          onChange={(event) =>
            selection.toggle(
              id,
              event.nativeEvent instanceof globalThis.MouseEvent && event.nativeEvent.shiftKey,
            )
          }
        />
      </Cell>
      <RowHeader className="md:w-[24%] md:min-w-48 md:max-w-0">
        <KeyName keyId={id} alias={aliases[0]} more={Math.max(0, aliases.length - 1)} href={href} />
      </RowHeader>
      {columns.map((column) => (
        <Cell
          key={column.id}
          {...(column.from && { from: column.from })}
          {...(column.narrow && { narrow: column.narrow })}
          className={column.className}
        >
          {column.cell(listed, now)}
        </Cell>
      ))}
      <Cell
        narrow="fact"
        className={cn(
          'text-end md:sticky md:end-0 md:w-8 md:bg-canvas md:group-hover/row:bg-hover',
          selected && 'md:bg-selected md:group-hover/row:bg-selected',
        )}
      >
        <KeyRowMenu scope={scope} keyId={id} usage={listed.usage} target={target} start={start} />
      </Cell>
    </TableRow>
  )
}

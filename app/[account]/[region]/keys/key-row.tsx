'use client'

import { useRouter } from 'next/navigation'
import type { MouseEvent, Ref } from 'react'
import { useNow } from '#components/clock.tsx'
import { KeyName } from '#components/key-name.tsx'
import { deletionFact, keyTitle, rotationWords, specWords } from '#components/keys/key-words.ts'
import { StateBadge } from '#components/state-badge.tsx'
import { Time } from '#components/time.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Cell, RowHeader, TableRow } from '#components/ui/table.tsx'
import { middle, principalLabel } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { USAGE_LABEL } from '#lib/domain/key-spec.ts'
import type { DeedTarget, KeyDeed } from './key-deeds.tsx'
import { KeyRowMenu } from './key-row-menu.tsx'
import type { ListedKey } from './key-search.ts'

type KeyRowProps = {
  scope: Scope
  listed: ListedKey
  /** Its place in the whole list. */
  index: number
  measure: Ref<HTMLTableRowElement>
  start: (deed: KeyDeed, target: DeedTarget) => void
}

// A click on these is theirs, not the row's.
const OWN_CLICK = 'a, button, [role="menuitem"], [role="menu"]'

/** One key. The whole row opens it; its name is the link. Two lines below 768 px. */
export function KeyRow({ scope, listed, index, measure, start }: KeyRowProps) {
  const router = useRouter()
  const now = useNow()
  const { id, aliases, state, lastUse } = listed
  const href = paths.key(scope, id)
  const target = { reference: id, name: keyTitle(id, aliases[0]), arn: listed.arn, state, lastUse }
  function open(event: MouseEvent<HTMLTableRowElement>) {
    const on = event.target
    if (!(on instanceof Element) || on.closest(OWN_CLICK) || getSelection()?.toString()) return
    router.push(href)
  }
  const rotation = rotationWords(listed, now)
  return (
    <TableRow ref={measure} index={index} data-index={index} onClick={open} className="cursor-pointer">
      <RowHeader className="md:w-[26%] md:max-w-0">
        <KeyName keyId={id} alias={aliases[0]} more={Math.max(0, aliases.length - 1)} href={href} />
      </RowHeader>
      <Cell from="lg" className="text-text2">
        <Identifier value={id} short={middle(id)} name="key ID" copy={false} />
      </Cell>
      <Cell narrow="end">
        <StateBadge
          state={state}
          fact={state === 'PendingDeletion' ? deletionFact(listed.deletionDate, now) : undefined}
        />
      </Cell>
      <Cell from="lg">{specWords(listed.spec)}</Cell>
      <Cell from="xl" className="text-text2">
        {USAGE_LABEL[listed.usage]}
      </Cell>
      <Cell narrow="fact">
        {lastUse ? (
          <>
            <span className="md:hidden">Used </span>
            <Time at={lastUse.ts} />
          </>
        ) : (
          <span className="text-text3">
            Never<span className="md:hidden"> used</span>
          </span>
        )}
      </Cell>
      <Cell from="xl" className="max-w-40 truncate text-text2">
        {lastUse ? principalLabel(lastUse.actor).replace(/^user\//, '') : '—'}
      </Cell>
      <Cell from="lg" className={rotation.startsWith('In') ? '' : 'text-text2'}>
        {rotation}
      </Cell>
      <Cell narrow="fact" className="text-end md:w-8">
        <KeyRowMenu scope={scope} keyId={id} target={target} start={start} />
      </Cell>
    </TableRow>
  )
}

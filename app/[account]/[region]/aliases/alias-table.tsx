'use client'

import Link from 'next/link'
import { useRef, useState } from 'react'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { specWords } from '#components/keys/key-words.ts'
import { useRowKeys } from '#components/shortcuts/row-keys.ts'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import {
  Cell,
  HeaderCell,
  RowHeader,
  Table,
  TableBody,
  TableFoot,
  TableHead,
  TableRow,
} from '#components/ui/table.tsx'
import { formatNumber, shortId } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { keyArn, partitionOf } from '#lib/domain/arn.ts'
import type { DeedTarget } from '../keys/key-deeds.tsx'
import { AliasMenu } from './alias-menu.tsx'
import type { ListedAlias } from './alias-search.ts'
import { DeleteAlias } from './delete-alias.tsx'
import { RepointAlias } from './repoint-alias.tsx'
import type { AliasRows } from './use-alias-rows.ts'

export type AliasDeed = 'repoint' | 'delete'
type Asked = { readonly deed: AliasDeed; readonly alias: ListedAlias }

function targetOf({ account, region }: Scope, alias: ListedAlias): DeedTarget {
  const id = alias.TargetKeyId
  return {
    reference: id,
    // The alias itself is what it is called by here; its key may have others.
    name: alias.AliasName,
    arn: keyArn({ partition: partitionOf(region), region, account }, id),
    state: alias.KeyState,
    lastUse: alias.lastUse && { ...alias.lastUse, eventId: '' },
  }
}

/** Aliases by name, each with the key it points at. */
export function AliasTable({ scope, rows }: { scope: Scope; rows: AliasRows }) {
  const [asked, setAsked] = useState<Asked>()
  const { aliases, latest, refining, more } = rows
  const close = () => setAsked(undefined)
  const scroll = useRef<HTMLDivElement>(null)
  useRowKeys({ scroll })
  useCopiedArn()
  return (
    <>
      <Table
        caption="Aliases of customer keys"
        busy={refining}
        rowCount={latest?.CountIsExact ? latest.Count + 1 : -1}
        scrollRef={scroll}
      >
        <TableHead>
          <HeaderCell>Alias</HeaderCell>
          <HeaderCell>Key</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell from="lg">Spec</HeaderCell>
          <HeaderCell>Key last used</HeaderCell>
          <HeaderCell from="xl">Created</HeaderCell>
          <HeaderCell from="lg">Last changed</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {aliases.map((alias, index) => (
            <AliasRow key={alias.AliasName} scope={scope} alias={alias} index={index} onAsk={setAsked} />
          ))}
        </TableBody>
      </Table>
      {latest && (
        <TableFoot>
          <span>
            1–{formatNumber(aliases.length)} of {formatNumber(latest.Count)}
            {latest.CountIsExact ? '' : '+'}
          </span>
          {more && (
            <Button pending={more.fetching} pendingLabel="Loading…" onClick={more.fetch}>
              Show more
            </Button>
          )}
        </TableFoot>
      )}
      {asked?.deed === 'delete' && (
        <DeleteAlias
          scope={scope}
          target={targetOf(scope, asked.alias)}
          alias={asked.alias.AliasName}
          onClose={close}
        />
      )}
      {asked?.deed === 'repoint' && (
        <RepointAlias
          scope={scope}
          keyId={asked.alias.TargetKeyId}
          spec={asked.alias.KeySpec}
          usage={asked.alias.KeyUsage}
          target={targetOf(scope, asked.alias)}
          alias={asked.alias.AliasName}
          onClose={close}
        />
      )}
    </>
  )
}

const arnOf = (target: Element) => target.closest('[data-arn]')?.getAttribute('data-arn') ?? undefined

/** Shift+y copies the ARN of the alias that has focus. */
function useCopiedArn(): void {
  const { copy } = useCopy()
  useShortcuts([
    {
      keys: ['Shift+y'],
      label: 'Copy the ARN of the row',
      group: 'Lists',
      when: (target) => arnOf(target) !== undefined,
      run: (target) => copy(arnOf(target) ?? ''),
    },
  ])
}

type AliasRowProps = {
  scope: Scope
  alias: ListedAlias
  index: number
  onAsk: (asked: Asked) => void
}

/** One alias: its name opens its key. */
function AliasRow({ scope, alias, index, onAsk }: AliasRowProps) {
  const { AliasName: name, TargetKeyId: keyId } = alias
  return (
    <TableRow index={index} data-arn={alias.AliasArn}>
      <RowHeader className="break-all">
        <Link
          href={paths.key(scope, keyId, 'aliases')}
          className="inline-block py-0.5 text-ink hover:text-ink-hover hover:underline"
        >
          {name}
        </Link>
      </RowHeader>
      <Cell narrow="fact">
        <Link
          href={paths.key(scope, keyId)}
          className="inline-flex min-h-6 items-center gap-[7px] text-ink hover:underline"
        >
          <KeyGlyph keyId={keyId} />
          <code className="text-mono">{shortId(keyId)}</code>
        </Link>
      </Cell>
      <Cell narrow="end">
        <StateBadge state={alias.KeyState} />
      </Cell>
      <Cell from="lg">{specWords(alias.KeySpec)}</Cell>
      <Cell>
        {alias.lastUse ? <Time at={alias.lastUse.ts} /> : <span className="text-text3">Never</span>}
      </Cell>
      <Cell from="xl">
        <Time at={alias.CreationDate} />
      </Cell>
      <Cell from="lg">
        <Time at={alias.LastUpdatedDate} />
      </Cell>
      <Cell narrow="fact-end" className="md:w-8 md:text-end">
        <AliasMenu scope={scope} alias={alias} onAsk={(deed) => onAsk({ deed, alias })} />
      </Cell>
    </TableRow>
  )
}

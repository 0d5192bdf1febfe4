'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { specWords } from '#components/keys/key-words.ts'
import { StateBadge } from '#components/state-badge.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
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
import type { ListedAlias } from './alias-search.ts'
import { DeleteAlias } from './delete-alias.tsx'
import { RepointAlias } from './repoint-alias.tsx'
import type { AliasRows } from './use-alias-rows.ts'

type Asked = { readonly deed: 'repoint' | 'delete'; readonly alias: ListedAlias }

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
  return (
    <>
      <Table caption="Aliases of customer keys" busy={refining}>
        <TableHead>
          <HeaderCell>Alias</HeaderCell>
          <HeaderCell>Key</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell from="lg">Spec</HeaderCell>
          <HeaderCell from="xl">Created</HeaderCell>
          <HeaderCell from="lg">Last changed</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {aliases.map((alias) => (
            <AliasRow key={alias.AliasName} scope={scope} alias={alias} onAsk={setAsked} />
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

type AliasRowProps = { scope: Scope; alias: ListedAlias; onAsk: (asked: Asked) => void }

function AliasRow({ scope, alias, onAsk }: AliasRowProps) {
  const offline = useOfflineReason()
  const { AliasName: name, TargetKeyId: keyId } = alias
  return (
    <TableRow>
      <RowHeader className="break-all">{name}</RowHeader>
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
      <Cell from="xl">
        <Time at={alias.CreationDate} />
      </Cell>
      <Cell from="lg">
        <Time at={alias.LastUpdatedDate} />
      </Cell>
      <Cell narrow="whole" className="md:w-0">
        <span className="flex justify-end gap-1 max-md:-ms-2.5 max-md:justify-start">
          <Button
            variant="quiet"
            aria-label={`Repoint ${name}`}
            reason={offline}
            onClick={() => onAsk({ deed: 'repoint', alias })}
          >
            Repoint
          </Button>
          <Button
            variant="quiet"
            aria-label={`Delete ${name}`}
            reason={offline}
            onClick={() => onAsk({ deed: 'delete', alias })}
          >
            Delete
          </Button>
        </span>
      </Cell>
    </TableRow>
  )
}

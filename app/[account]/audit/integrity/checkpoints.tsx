'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
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
import { formatNumber, middle } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { read } from '#lib/console/queries.ts'
import { type CheckpointView, FIRST_CHECKPOINTS } from './checkpoint-pages.ts'

/** Every head that was signed, newest first, a page at a time. */
export function Checkpoints({ account, onCompare }: { account: string; onCompare: (size: string) => void }) {
  // The cursors of the pages on the way here; the last is this one's.
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery({
    ...read(account, undefined, 'ListCheckpoints', {
      ...FIRST_CHECKPOINTS,
      ...(cursor !== undefined && { Cursor: cursor }),
    }),
    placeholderData: keepPreviousData,
  })
  const next = data?.NextCursor
  return (
    <Section title="Checkpoints">
      {error && (
        <ErrorState
          what="The checkpoints couldn’t be read."
          refusal={refusalIn(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data?.Checkpoints.length === 0 && <Hint>Nothing has been signed yet.</Hint>}
      {!error && data?.Checkpoints.length !== 0 && (
        <>
          <Table caption="Checkpoints" busy={isPlaceholderData}>
            <TableHead>
              <HeaderCell>Size</HeaderCell>
              <HeaderCell>Signed</HeaderCell>
              <HeaderCell>Root</HeaderCell>
              <HeaderCell>Log</HeaderCell>
              <HeaderCell>
                <span className="sr-only">Actions</span>
              </HeaderCell>
            </TableHead>
            <TableBody>
              {!data && <SkeletonRows columns={5} />}
              {data?.Checkpoints.map((checkpoint) => (
                <Row
                  key={`${checkpoint.Origin} ${checkpoint.Size}`}
                  checkpoint={checkpoint}
                  onCompare={onCompare}
                />
              ))}
            </TableBody>
          </Table>
          <TableFoot>
            <span>Newest first</span>
            <span className="flex gap-2">
              <Button
                reason={cursors.length === 0 ? 'These are the newest.' : undefined}
                onClick={() => setCursors(cursors.slice(0, -1))}
              >
                Newer
              </Button>
              <Button
                reason={next === undefined ? 'There are no older ones.' : undefined}
                onClick={() => next !== undefined && setCursors([...cursors, next])}
              >
                Older
              </Button>
            </span>
          </TableFoot>
        </>
      )}
    </Section>
  )
}

type RowProps = { checkpoint: CheckpointView; onCompare: (size: string) => void }

function Row({ checkpoint: { Size, At, Root, Origin, Note }, onCompare }: RowProps) {
  return (
    <TableRow>
      <RowHeader>{formatNumber(Size)}</RowHeader>
      <Cell narrow="fact">
        <Time at={At} />
      </Cell>
      <Cell narrow="fact-end">
        <Identifier value={Root} short={middle(Root, 12, 6)} name={`root of ${formatNumber(Size)}`} />
      </Cell>
      <Cell className="max-w-64 truncate font-mono text-mono text-text2">{Origin}</Cell>
      <Cell narrow="end" className="text-end">
        <Button variant="quiet" className="text-ink" onClick={() => onCompare(String(Size))}>
          Compare<span className="sr-only"> {formatNumber(Size)} with the newest</span>
        </Button>
        <CopyButton text={Note} label={`Copy the signed note of ${formatNumber(Size)}`} />
      </Cell>
    </TableRow>
  )
}

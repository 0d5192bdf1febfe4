'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState, MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { RadioTiles, type Tile } from '#components/ui/radio-tiles.tsx'
import { count } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { type EventsExport, paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { type EventFormat, MOST_CHOSEN } from '#lib/domain/events-export.ts'
import { estimateSentence } from './export-estimate.ts'
import { useExport } from './use-export.ts'

type Props = {
  account: string
  filter: string
  /** [from, to) */
  from: Date | null
  to: Date | null
  /** Ids of the events that are selected. */
  selected: readonly string[]
}

const FORMATS: readonly Tile<EventFormat>[] = [
  { value: 'csv', label: 'CSV', help: 'For spreadsheets: one line an event. The manifest is a second file.' },
  { value: 'json', label: 'JSON', help: 'Whole records as CloudTrail writes them, with the manifest.' },
  { value: 'ndjson', label: 'NDJSON', help: 'One whole record a line; the last line is the manifest.' },
]

const scopes = (selected: number): readonly Tile<'filter' | 'selection'>[] => [
  { value: 'filter', label: 'This filter', help: 'Every event of the filter and range.' },
  {
    value: 'selection',
    label: 'Selection',
    help: count(selected, 'event'),
    ...(selected > MOST_CHOSEN && { reason: `At most ${MOST_CHOSEN} selected events go into a file.` }),
  },
]

function Files({ question, format }: { question: EventsExport; format: EventFormat }) {
  return (
    <div className="mt-4 space-y-2 text-table" role="status">
      <p className="text-text2">Your browser is saving the file. The export is in the log.</p>
      {format === 'csv' && (
        <a
          download
          href={paths.exportEvents({ ...question, part: 'manifest' })}
          className={buttonStyle({ size: 'form' })}
        >
          Download its manifest
        </a>
      )}
    </div>
  )
}

/** The events of the filter, or the selected ones, as a file. */
function ExportForm({ account, filter, from, to, selected }: Props) {
  const [format, setFormat] = useState<EventFormat>('csv')
  const [scope, setScope] = useState<'filter' | 'selection'>(selected.length > 0 ? 'selection' : 'filter')
  const chosen = scope === 'selection' ? selected : undefined
  const bounds = {
    Filter: filter,
    ...(from && { From: from.getTime() / 1000 }),
    ...(to && { To: to.getTime() / 1000 }),
  }
  const counted = useQuery({ ...read(account, undefined, 'CountEvents', bounds), enabled: !chosen })
  const total = chosen
    ? { Count: chosen.length, CountIsExact: true }
    : (counted.data as { Count: number; CountIsExact: boolean } | undefined)
  const { start, busy, refusal, started } = useExport()
  const question: EventsExport = chosen
    ? { format, ids: chosen.join(',') }
    : {
        format,
        q: filter,
        ...(from && { from: String(from.getTime()) }),
        ...(to && { to: String(to.getTime()) }),
      }
  return (
    <div className="space-y-4">
      {selected.length > 0 && (
        <RadioTiles legend="Events" tiles={scopes(selected.length)} value={scope} onChange={setScope} />
      )}
      <RadioTiles legend="Format" tiles={FORMATS} value={format} onChange={setFormat} columns={1} />
      <p className="text-table text-text2" aria-live="polite">
        {estimateSentence(total, format, { from, to })}
      </p>
      {!chosen && counted.error && (
        <ErrorState
          what="The events could not be counted."
          refusal={refusalIn(counted.error)}
          onRetry={() => void counted.refetch()}
          retrying={counted.isFetching}
        />
      )}
      {refusal && <MutationError refusal={refusal} what="Nothing was exported." />}
      <div className="flex justify-end">
        <Button
          variant="primary"
          size="form"
          pending={busy}
          pendingLabel="Preparing…"
          onClick={() => start(question)}
        >
          Export
        </Button>
      </div>
      {started && started.format === format && <Files question={started} format={format} />}
    </div>
  )
}

/** Opens the dialog that makes a file of events. */
export function ExportEvents(props: Props) {
  return (
    <Dialog
      trigger={<Button>Export</Button>}
      title="Export events"
      description="The export itself is recorded in the log, with who made it."
    >
      <ExportForm {...props} />
    </Dialog>
  )
}

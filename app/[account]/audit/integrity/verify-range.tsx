'use client'

import { Download } from 'lucide-react'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { type LogStateView, place } from '#components/integrity/log-state-words.ts'
import { saveJson } from '#components/integrity/save-file.ts'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Input } from '#components/ui/input.tsx'
import { count, formatNumber } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { placeIn } from './place-in.ts'
import { type Fault, useVerifyRange, type Verification } from './use-verify-range.ts'

const SHOWN = 20

type Props = { account: string; state: LogStateView }

/** Derives the leaves of a range again from what is stored, and compares them with the tree. */
export function VerifyRange({ account, state }: Props) {
  const { verification, run, cancel } = useVerifyRange()
  const [first, setFirst] = useState('0')
  const [last, setLast] = useState('')
  const [tried, setTried] = useState(false)
  const newest = Math.max(0, state.Size - 1)
  const from = placeIn(first, newest)
  const to = last.trim() === '' ? newest : placeIn(last, newest)
  const backwards = from !== undefined && to !== undefined && from > to
  const running = verification?.state === 'running'
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (from === undefined || to === undefined || backwards || running) return
    void run({ first: from, end: to + 1 })
  }
  const wrong = (found: number | undefined) =>
    tried && found === undefined ? `Enter a place from 0 to ${formatNumber(newest)}.` : undefined
  return (
    <Section title="Verify a range">
      <Hint className="mb-2">
        The engine makes the leaf of every event again from what is stored, and compares it with the tree that
        was signed.
      </Hint>
      <form method="post" noValidate onSubmit={submit} className="flex flex-wrap items-start gap-3">
        <Field label="From place" error={wrong(from)} className="w-36">
          {(control) => <Place control={control} value={first} onChange={setFirst} />}
        </Field>
        <Field
          label="To place"
          error={wrong(to) ?? (tried && backwards ? 'This is before the first.' : undefined)}
          className="w-36"
        >
          {(control) => (
            <Place
              control={{ ...control, required: undefined }}
              value={last}
              onChange={setLast}
              empty={String(newest)}
            />
          )}
        </Field>
        <div className="flex gap-2 md:pt-[22px]">
          <Button type="submit" size="form" pending={running} pendingLabel="Verifying…">
            Verify
          </Button>
          {running && (
            <Button size="form" onClick={cancel}>
              Cancel
            </Button>
          )}
        </div>
      </form>
      {verification && <Result account={account} state={state} verification={verification} />}
    </Section>
  )
}

type PlaceProps = { control: object; value: string; onChange: (text: string) => void; empty?: string }

const Place = ({ control, value, onChange, empty }: PlaceProps) => (
  <Input
    {...control}
    mono
    inputMode="numeric"
    autoComplete="off"
    placeholder={empty}
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
)

function headline({ state, first, at, faults }: Verification): string {
  if (state === 'cancelled') return `Cancelled after ${count(at - first, 'event')}.`
  if (faults.length === 0) return `All ${count(at - first, 'event')} are as they were recorded.`
  return `${count(faults.length, 'fault')} in ${count(at - first, 'event')}.`
}

type ResultProps = { account: string; state: LogStateView; verification: Verification }

function Result({ account, state, verification }: ResultProps) {
  const { first, end, at, faults, refusal } = verification
  const save = () =>
    saveJson('keyhouse-verification.json', {
      ...{ first, end: at, complete: verification.state === 'done', faults },
      checkpoint: state.Checkpoint?.Note ?? null,
      verifierKeys: state.Keys.map(({ VerifierKey }) => VerifierKey),
    })
  return (
    <div className="mt-3 max-w-form space-y-2">
      <div
        role="progressbar"
        aria-label="Verified so far"
        aria-valuemin={0}
        aria-valuenow={at - first}
        aria-valuemax={Math.max(1, end - first)}
        className="h-1 bg-line"
      >
        <div
          className="h-1 bg-ink"
          style={{ width: `${((at - first) / Math.max(1, end - first)) * 100}%` }}
        />
      </div>
      {refusal && <ErrorState what="The rest of the range couldn’t be verified." refusal={refusal} />}
      {verification.state === 'running' ? (
        <p className="text-table text-text2">
          {formatNumber(at - first)} of {count(end - first, 'event')}
        </p>
      ) : (
        <>
          <Note
            tone={faults.length > 0 ? 'vermilion' : verification.state === 'done' ? 'verdigris' : 'brass'}
          >
            <p className="font-semibold">{headline(verification)}</p>
            <FaultList account={account} faults={faults} />
          </Note>
          <Button onClick={save}>
            <Download aria-hidden="true" className="size-4" strokeWidth={1.5} />
            Download result
          </Button>
        </>
      )}
    </div>
  )
}

function FaultList({ account, faults }: { account: string; faults: readonly Fault[] }) {
  return (
    <ul>
      {faults.slice(0, SHOWN).map(({ Index, EventId, Fault: fault }) => (
        <li key={`${Index} ${fault}`}>
          {EventId === null ? (
            place(Index)
          ) : (
            <Link href={paths.event(account, EventId)} className="link">
              {place(Index)}
            </Link>
          )}
          : {fault}
        </li>
      ))}
      {faults.length > SHOWN && (
        <li>{count(faults.length - SHOWN, 'further fault')} in the downloaded result.</li>
      )}
    </ul>
  )
}

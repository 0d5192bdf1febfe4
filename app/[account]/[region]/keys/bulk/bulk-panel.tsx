'use client'

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { type BulkDeed, type BulkOptions, bulkCall, type Sorted, sortKeys } from '#lib/console/bulk.ts'
import { count, formatNumber } from '#lib/console/format.ts'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { CodeRequest } from '#lib/console/snippets.ts'
import type { ListedKey } from '../key-search.ts'
import { BulkOptionFields, faultsOf, NOTHING_TYPED, optionsOf, type Typed } from './bulk-options.tsx'
import { BulkResults } from './bulk-results.tsx'
import { BULK_WORDS } from './bulk-words.ts'
import { gather, type Selection } from './selection.ts'
import { useRun } from './use-run.ts'

type BulkPanelProps = {
  scope: Scope
  filter: string
  deed: BulkDeed
  selection: Selection
  onClose: () => void
}

type Gathered = { readonly keys?: readonly ListedKey[]; readonly refusal?: RefusalView }

/** The selected keys as they are when the deed is asked for: rows on screen may be old. */
function useGathered({ scope, ...props }: BulkPanelProps): Gathered & { again: () => void } {
  const [gathered, setGathered] = useState<Gathered>({})
  const [tries, setTries] = useState(0)
  // What was selected when the panel opened is what it is about.
  const [{ chosen, filter }] = useState({ chosen: props.selection.chosen, filter: props.filter })
  const { region } = scope
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is a reason to ask again
  useEffect(() => {
    const stop = new AbortController()
    gather(chosen, { region, filter }, stop.signal).then(
      (keys) => setGathered({ keys }),
      (thrown) => !stop.signal.aborted && setGathered({ refusal: refusalIn(thrown) }),
    )
    return () => stop.abort()
  }, [chosen, region, filter, tries])
  return { ...gathered, again: () => setTries((now) => now + 1) }
}

/** A deed for many keys: which it applies to and why not to others, what it does, and each result as it comes. */
export function BulkPanel(props: BulkPanelProps) {
  const { scope, deed, onClose } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const { keys, refusal, again } = useGathered(props)
  useEffect(() => {
    // After the menu that asked has given focus back.
    const timer = setTimeout(() => heading.current?.focus(), 60)
    return () => clearTimeout(timer)
  }, [])
  const sorted = keys && sortKeys(deed, keys, scope.region)
  const title = `${BULK_WORDS[deed].verb} ${sorted ? count(sorted.eligible.length, 'key') : 'keys'}`
  return (
    <section aria-label={title} className="mb-3 border-y border-line-strong py-3">
      <h2 ref={heading} tabIndex={-1} className="mb-1 text-section">
        {title}
      </h2>
      {refusal ? (
        <ErrorState what="The selected keys couldn’t be read." refusal={refusal} onRetry={again} />
      ) : sorted ? (
        <Deed {...props} keys={keys} sorted={sorted} />
      ) : (
        <p className="late text-table text-text2">Looking at the selected keys…</p>
      )}
      {!sorted && (
        <Button className="mt-3" onClick={onClose}>
          Cancel
        </Button>
      )}
    </section>
  )
}

const RECENT_SECONDS = 30 * 86_400

function Excluded({ sorted: { eligible, excluded } }: { sorted: Sorted }) {
  if (excluded.length === 0) return null
  const all = excluded.reduce((sum, one) => sum + one.count, 0)
  return (
    <div className="text-table text-text2">
      <p>
        {eligible.length === 0
          ? 'None of the selected keys is eligible.'
          : `${count(all, 'selected key is', 'selected keys are')} left out:`}
      </p>
      <ul className="list-disc ps-5">
        {excluded.map(({ reason, count: number }) => (
          <li key={reason}>
            {number} {number === 1 ? 'is' : 'are'} {reason}
          </li>
        ))}
      </ul>
    </div>
  )
}

type DeedProps = BulkPanelProps & { keys: readonly ListedKey[]; sorted: Sorted }

function Deed({ scope, deed, keys, sorted, selection, onClose }: DeedProps) {
  const now = useNow()
  const run = useRun()
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const [typed, setTyped] = useState<Typed>(NOTHING_TYPED)
  const [tried, setTried] = useState(false)
  // Reading the list again while it runs must not change what it is about.
  const [{ eligible }] = useState(sorted)
  const words = BULK_WORDS[deed]
  const since = now.getTime() / 1000 - RECENT_SECONDS
  const recent = eligible.filter(({ lastUse }) => lastUse && lastUse.ts > since).length
  const weighed = { deed, eligible: eligible.length, recent }
  const faults = faultsOf(weighed, typed)
  const refused = run.lines.filter((line) => !line.ok).length
  const summary = summaryOf(run.lines.length - refused, refused, run.untried, words.done)
  useEffect(() => {
    if (run.phase === 'done') announce(summary)
  }, [run.phase, summary, announce])

  function start(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (offline || Object.keys(faults).length > 0) return
    run.start({ deed, region: scope.region, keys: eligible.map(({ id }) => id), ...optionsOf(deed, typed) })
  }

  if (run.phase !== 'ready')
    return (
      <>
        <p className="text-table">
          {run.phase === 'running' ? `${words.doing} ${run.lines.length} of ${eligible.length}` : summary}
        </p>
        {run.phase === 'running' && (
          <progress
            aria-label={words.doing}
            max={eligible.length}
            value={run.lines.length}
            className="mt-2 h-1 w-full max-w-form accent-ink"
          />
        )}
        <BulkResults account={scope.account} lines={run.lines} keys={keys} done={words.done} />
        <Buttons>
          {run.phase === 'running' ? (
            <Button onClick={run.stop}>Stop</Button>
          ) : (
            <Button
              variant="primary"
              onClick={() => {
                selection.clear()
                onClose()
              }}
            >
              Close
            </Button>
          )}
        </Buttons>
      </>
    )
  return (
    <form method="post" noValidate onSubmit={start} className="max-w-form space-y-3">
      {eligible.length > 0 && <p className="text-table">{words.effect}</p>}
      <Excluded sorted={sorted} />
      {eligible.length > 0 && (
        <BulkOptionFields
          weighed={weighed}
          typed={typed}
          faults={tried ? faults : {}}
          onType={(part) => setTyped({ ...typed, ...part })}
        />
      )}
      {eligible.length > 0 && (
        <RequestCode
          scope={scope}
          requests={requestsOf(deed, eligible, optionsOf(deed, typed))}
          note={
            eligible.length > SHOWN_CALLS
              ? `The calls for the first ${SHOWN_CALLS} of ${formatNumber(eligible.length)} keys. The others differ in the key alone.`
              : undefined
          }
        />
      )}
      <Buttons>
        <Button onClick={onClose}>Cancel</Button>
        {eligible.length > 0 && (
          <Button type="submit" variant={deed === 'scheduleDeletion' ? 'danger' : 'primary'} reason={offline}>
            {words.verb} {count(eligible.length, 'key')}
          </Button>
        )}
      </Buttons>
    </form>
  )
}

// Enough to see how it goes on.
const SHOWN_CALLS = 10

/** The calls that a run makes, one for each key: those of the first few. */
const requestsOf = (deed: BulkDeed, keys: readonly ListedKey[], options: BulkOptions): CodeRequest[] =>
  keys.slice(0, SHOWN_CALLS).map(({ id }) => bulkCall(deed, id, options))

const Buttons = ({ children }: { children: ReactNode }) => (
  <div className="mt-3 flex flex-wrap gap-2">{children}</div>
)

/** "12 keys are disabled. 2 were refused." One that was under way when the run was stopped may still have been done. */
function summaryOf(done: number, refused: number, untried: number, words: string): string {
  return [
    `${count(done, 'key is', 'keys are')} ${words}.`,
    ...(refused > 0 ? [`${refused} ${refused === 1 ? 'was' : 'were'} refused.`] : []),
    ...(untried > 0 ? [`${untried} ${untried === 1 ? 'has' : 'have'} no result: the run ended before.`] : []),
  ].join(' ')
}

'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fromWire, toWire } from './bytes.ts'
import type { Played } from './played.ts'
import { usePlaying } from './playing.tsx'
import { type Ended, timed } from './use-call.ts'

/** A way to spoil a request that works, and why it then fails. */
export type Breakage<N extends Played> = {
  readonly label: string
  /** The spoiled request, or why this one cannot be spoiled so. */
  readonly input: InputOf<N> | string
  readonly why: string
  /** For what answers all the same: what is different. */
  readonly answered?: (output: OutputOf<N>) => string
}

/** The same bytes with one bit of one byte turned: in the middle, unless a place is named. */
export function flipped(base64: string, at?: number): string {
  const bytes = Uint8Array.from(fromWire(base64))
  const place = at ?? Math.floor(bytes.length / 2)
  return toWire(bytes.map((byte, index) => (index === place ? byte ^ 1 : byte)))
}

/** A context without its first pair. */
export function withoutPair(context: Readonly<Record<string, string>> | undefined) {
  const [, ...rest] = Object.entries(context ?? {})
  return Object.fromEntries(rest)
}

type Outcome<N extends Played> = { readonly breakage: Breakage<N>; readonly ended: Ended<N> }

/** Spoils the request that just worked, for real: the exact error, and why. */
export function BreakIt<N extends Played>({
  name,
  breakages,
}: {
  name: N
  breakages: readonly Breakage<N>[]
}) {
  const { calls, scope } = usePlaying()
  const [outcomes, setOutcomes] = useState<readonly Outcome<N>[]>([])
  const [pending, setPending] = useState<string>()
  async function run(breakage: Breakage<N>, input: InputOf<N>) {
    setPending(breakage.label)
    const ended = await timed(calls, name, { region: scope.region, input })
    setPending(undefined)
    setOutcomes((was) => [{ breakage, ended }, ...was.filter((one) => one.breakage.label !== breakage.label)])
  }
  return (
    <Section title="Break it">
      <Hint>Sends the same request with one thing spoiled, and shows what KMS says.</Hint>
      <div className="mt-2 flex flex-wrap gap-2">
        {breakages.map((breakage) => {
          const { input } = breakage
          return (
            <Button
              key={breakage.label}
              pending={pending === breakage.label}
              pendingLabel="Breaking…"
              reason={typeof input === 'string' ? input : undefined}
              onClick={() => typeof input !== 'string' && void run(breakage, input)}
            >
              {breakage.label}
            </Button>
          )
        })}
      </div>
      <ul className="mt-3 space-y-3" aria-live="polite">
        {outcomes.map(({ breakage, ended: { result } }) => {
          const eventId = result.ok ? result.eventId : result.error.eventId
          return (
            <li key={breakage.label} className="max-w-form border-s-2 border-line ps-3 text-table">
              <p className="font-medium">
                {breakage.label}:{' '}
                {result.ok ? 'it answers' : <code className="text-mono">{result.error.code}</code>}
              </p>
              {!result.ok && result.error.message !== '' && (
                <p className="break-words">{result.error.message}</p>
              )}
              {result.ok && breakage.answered && <p>{breakage.answered(result.output)}</p>}
              <p className="text-text2">{breakage.why}</p>
              {eventId && (
                <Link href={paths.event(scope.account, eventId)} className="link">
                  View event
                </Link>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

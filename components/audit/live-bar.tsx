'use client'

import { ArrowUp, Radio } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { count, formatNumber } from '#lib/console/format.ts'
import type { Live } from './use-live.ts'

const ANNOUNCE_MS = 10_000

/** Turns the live tail on and off. */
export function LiveButton({ on, onToggle }: { on: boolean; onToggle: () => void }) {
  return (
    <Button aria-pressed={on} onClick={onToggle} className={cn(on && 'border-ink bg-ink-soft text-ink')}>
      <Radio aria-hidden="true" className="size-3.5" strokeWidth={1.5} />
      Live
    </Button>
  )
}

/** 1,240 events/s, showing 1 in 8. Counts are exact. */
export function paceSentence({ rate, sampled, matched }: Pick<Live, 'rate' | 'sampled' | 'matched'>): string {
  if (sampled > 1)
    return `${formatNumber(rate)} events/s, showing 1 in ${formatNumber(sampled)}. Counts are exact.`
  return `${count(matched, 'event')} so far.`
}

const STATE_SENTENCES = {
  off: '',
  connecting: 'Connecting…',
  paused: 'Paused while this tab is hidden.',
  reconnecting: 'The connection was lost. Trying again…',
  stopped: '',
} as const

function sentenceOf(live: Live): string {
  if (live.stopped !== undefined) return live.stopped
  return live.state === 'live' ? paceSentence(live) : STATE_SENTENCES[live.state]
}

/** What happened since it was last said, for those who do not see rows arrive. */
function useTold(live: Live): void {
  const announce = useAnnounce()
  const tell = useEffectEvent((told: number) => {
    const fresh = live.matched - told
    if (fresh > 0) announce(`${count(fresh, 'new event')}.${live.waiting > 0 ? ' They wait.' : ''}`)
    return live.matched
  })
  const running = live.state !== 'off' && live.state !== 'stopped'
  useEffect(() => {
    if (!running) return
    let told = 0
    const timer = setInterval(() => {
      told = tell(told)
    }, ANNOUNCE_MS)
    return () => clearInterval(timer)
  }, [running])
  const { stopped } = live
  useEffect(() => {
    if (stopped !== undefined) announce(stopped)
  }, [announce, stopped])
}

/** The line above a live list: how it goes, and the rows that wait. Nothing while it is off. */
export function LiveBar({ live }: { live: Live }) {
  useTold(live)
  if (live.state === 'off') return null
  const { waiting, stopped } = live
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-1 text-table text-text2">
      {waiting > 0 && (
        <Button variant="primary" onClick={live.release}>
          <ArrowUp aria-hidden="true" className="size-3.5" strokeWidth={1.5} />
          {count(waiting, 'new event')}
        </Button>
      )}
      <span className={cn('tabular-nums', stopped !== undefined && 'text-text')}>{sentenceOf(live)}</span>
      {stopped !== undefined && <Button onClick={live.again}>Start again</Button>}
    </div>
  )
}

'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { MOST_TAIL_SECONDS, TAIL_ENDS } from '#lib/domain/tail.ts'
import type { EventRow } from './events-query.ts'
import { EMPTY_BUFFER, type LiveBuffer, paceOf, released, taken, ticked } from './live-buffer.ts'
import { type LiveStream, openLiveStream } from './live-stream.ts'

/** So often the screen changes, and no oftener. */
const TICK_MS = 1000
/** A tab that is looked at again at once need not have stopped. */
const HIDDEN_MS = 20_000

export type LiveState = 'off' | 'connecting' | 'live' | 'paused' | 'reconnecting' | 'stopped'

export type LiveOptions = {
  readonly account: string
  readonly filter: string
  readonly on: boolean
  /** The list is not at its top, or one of its rows has the focus, the selection or the pointer: new rows wait. */
  readonly hold: boolean
}

export type Live = {
  readonly state: LiveState
  /** What has come and is let through, newest first. */
  readonly rows: readonly EventRow[]
  /** Events that wait to be released; exact. */
  readonly waiting: number
  readonly release: () => void
  /** Events that matched since it began; exact. */
  readonly matched: number
  /** Events a second, over the last five. */
  readonly rate: number
  /** One in so many of the events is among the rows; 1 when all are. */
  readonly sampled: number
  /** Why it stopped by itself. */
  readonly stopped: string | undefined
  /** Begins anew after it stopped by itself. */
  readonly again: () => void
}

type Connection = { readonly state: LiveState; readonly stopped: string | undefined }
const OFF: Connection = { state: 'off', stopped: undefined }

/** A live tail of a filter while `on`. Another filter begins anew. */
export function useLive({ account, filter, on, hold }: LiveOptions): Live {
  const [connection, setConnection] = useState(OFF)
  const [shown, setShown] = useState<LiveBuffer>(EMPTY_BUFFER)
  const [round, setRound] = useState(0)
  const buffer = useRef(EMPTY_BUFFER)
  const isHeld = useEffectEvent(() => hold)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another account, filter or round begins anew
  useEffect(() => {
    buffer.current = EMPTY_BUFFER
    setShown(EMPTY_BUFFER)
    if (!on) return setConnection(OFF)
    let stream: LiveStream | undefined
    let place: string | undefined
    let hiding: ReturnType<typeof setTimeout> | undefined

    const state = (name: LiveState) => setConnection({ state: name, stopped: undefined })
    function close() {
      place = stream?.close() ?? place
      stream = undefined
    }
    function stop(sentence: string) {
      close()
      document.removeEventListener('visibilitychange', look)
      clearTimeout(hiding)
      setConnection({ state: 'stopped', stopped: sentence })
    }
    function open() {
      if (stream) return
      state('connecting')
      stream = openLiveStream(
        { filter, after: place },
        {
          onOpen: () => state('live'),
          onBatch: (batch) => {
            buffer.current = taken(buffer.current, batch, isHeld())
          },
          onLost: () => state('reconnecting'),
          onEnd: stop,
        },
      )
    }
    function pause() {
      close()
      state('paused')
    }
    function look() {
      clearTimeout(hiding)
      if (document.hidden) hiding = setTimeout(pause, HIDDEN_MS)
      else open()
    }

    open()
    if (document.hidden) look()
    document.addEventListener('visibilitychange', look)
    const ticking = setInterval(() => {
      buffer.current = ticked(buffer.current)
      if (!document.hidden) setShown(buffer.current)
    }, TICK_MS)
    const ending = setTimeout(() => stop(TAIL_ENDS.time), MOST_TAIL_SECONDS * 1000)
    return () => {
      close()
      document.removeEventListener('visibilitychange', look)
      clearInterval(ticking)
      clearTimeout(ending)
      clearTimeout(hiding)
    }
  }, [account, filter, on, round])

  const { rate, oneIn } = paceOf(shown)
  return {
    ...connection,
    rows: shown.rows,
    waiting: shown.waiting,
    matched: shown.matched,
    rate,
    sampled: oneIn,
    release: () => {
      buffer.current = released(buffer.current)
      setShown(buffer.current)
    },
    again: () => setRound((last) => last + 1),
  }
}

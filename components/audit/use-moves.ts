'use client'

import { useEffect, useRef } from 'react'
import type { Events } from './use-events.ts'
import { useListKeys } from './use-list-keys.ts'

const linkTo = (id: string | undefined) => document.querySelector<HTMLElement>(`[data-event="${id}"]`)

/** Going through the results with the drawer open, or from link to link with it closed. */
export function useMoves(
  events: Events,
  event: string | null,
  open: (id: string) => void,
  close: () => void,
) {
  const { rows, start, count: total, countIsExact } = events
  const at = event === null ? -1 : rows.findIndex((row) => row.id === event)
  const to = (index: number) => {
    const row = rows[index]
    return at >= 0 && row ? () => open(row.id) : undefined
  }
  const up = to(at - 1)
  const down = to(at + 1)
  const step = (by: number) => {
    if (event !== null) return (by < 0 ? up : down)?.()
    const focused = document.activeElement?.getAttribute('data-event')
    const from = rows.findIndex((row) => row.id === focused)
    linkTo(rows[from === -1 ? 0 : from + by]?.id)?.focus()
  }
  const returnTo = useRef<string | null>(null)
  const leave = () => {
    returnTo.current = event
    close()
  }
  useEffect(() => {
    if (event !== null || returnTo.current === null) return
    linkTo(returnTo.current)?.focus()
    returnTo.current = null
  })
  useListKeys({
    event,
    onUp: () => step(-1),
    onDown: () => step(1),
    onEscape: event === null ? undefined : leave,
  })
  const number = at >= 0 && start !== null ? start + at + 1 : undefined
  return { up, down, leave, place: { number, count: total, exact: countIsExact, listed: at >= 0 } }
}

'use client'

import { type FocusEvent, useState } from 'react'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import type { Events } from './use-events.ts'
import { type Live, useLive } from './use-live.ts'

type Given = {
  account: string
  filter: string
  on: boolean
  /** An event is open, or the top of the list is out of sight. */
  busy: boolean
  onToggle: () => void
}

/** A list that fills by itself. New rows wait while one reads: away from its top, or with focus or pointer in it. */
export function useLiveList({ account, filter, on, busy, onToggle }: Given) {
  const [pointer, setPointer] = useState(false)
  const [focus, setFocus] = useState(false)
  const live = useLive({ account, filter, on, hold: busy || pointer || focus })
  useShortcuts([{ keys: ['l'], label: on ? 'Stop live' : 'Start live', group: 'This page', run: onToggle }])
  return {
    live,
    /** For what is around the rows. */
    watch: {
      onPointerEnter: () => setPointer(true),
      onPointerLeave: () => setPointer(false),
      onFocus: ({ target }: FocusEvent) => setFocus(target.closest('tbody') !== null),
      onBlur: () => setFocus(false),
    },
  }
}

/** The rows that came, as a list. */
export const listOf = ({ rows }: Live): Events => ({
  rows,
  pages: [],
  start: 0,
  count: rows.length,
  countIsExact: true,
  loading: false,
  refining: false,
  refusal: undefined,
  searchedTo: undefined,
  continue: () => {},
  searching: false,
  loadMore: { after: undefined, before: undefined },
  retry: () => {},
})

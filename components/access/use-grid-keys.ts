'use client'

import { type FocusEvent, type KeyboardEvent, useState } from 'react'
import { type Place, placeName, stepFrom, within } from './grid-step.ts'

/** One tab stop for all cells; arrows, Home and End move it. Cells carry `data-place`. */
export function useGridKeys(size: Place) {
  const [current, setCurrent] = useState<Place>({ row: 0, column: 0 })
  // What was the last row may be gone after a refresh.
  const at = { row: within(current.row, size.row - 1), column: within(current.column, size.column - 1) }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.altKey || event.metaKey || event.shiftKey) return
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.place) return
    const cellAt = (place: Place) =>
      event.currentTarget.querySelector<HTMLElement>(`[data-place="${placeName(place)}"]`)
    let next = stepFrom(at, event.key, size, event.ctrlKey)
    if (!next) return
    event.preventDefault()
    // Over what is no question for a row, on to the next that is one.
    for (let before = at; !cellAt(next) && placeName(next) !== placeName(before); ) {
      before = next
      next = stepFrom(next, event.key, size, event.ctrlKey) ?? next
    }
    cellAt(next)?.focus()
  }
  function onFocus(event: FocusEvent<HTMLElement>) {
    const [row, column] = event.target.dataset.place?.split(':').map(Number) ?? []
    if (row !== undefined && column !== undefined) setCurrent({ row, column })
  }
  return { at, onKeyDown, onFocus }
}

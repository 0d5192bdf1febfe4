/** Where arrows, Home and End lead in a grid of cells. Pure. */

/** A cell by row and column, both from 0. */
export type Place = { readonly row: number; readonly column: number }

const STEPS: Readonly<Record<string, Place>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
}

export const within = (value: number, most: number) => Math.min(Math.max(value, 0), most)

/** Where a key press leads from a cell; undefined for keys that mean nothing to a grid. */
export function stepFrom(at: Place, key: string, size: Place, control = false): Place | undefined {
  const last = { row: size.row - 1, column: size.column - 1 }
  if (key === 'Home') return control ? { row: 0, column: 0 } : { ...at, column: 0 }
  if (key === 'End') return control ? last : { ...at, column: last.column }
  const step = STEPS[key]
  if (!step || control) return undefined
  return { row: within(at.row + step.row, last.row), column: within(at.column + step.column, last.column) }
}

export const placeName = ({ row, column }: Place) => `${row}:${column}`

/**
 * Cells and lines of CSV (RFC 4180). A cell that a spreadsheet would run as a formula is made text by an apostrophe before
 * it. Pure text; what the columns are is said where a file is made.
 */

export type Cell = string | number | boolean | null | readonly string[]

/** Spreadsheets run a cell that begins with one of these, the wide forms too (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
const NEEDS_QUOTES = /[",\r\n]/

/** The text with an apostrophe before it, if a spreadsheet would run it. */
export const neutralised = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** One cell. Lists are parted by spaces: no name, tag of ours or operation needs one to be read. */
export function csvCell(cell: Cell): string {
  if (cell === null) return ''
  const text = neutralised(Array.isArray(cell) ? cell.join(' ') : String(cell))
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A whole line with its end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

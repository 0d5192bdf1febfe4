/** Two texts line by line: which lines both have, and which only one. For looking at; it decides nothing. */

export type DiffLine = { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }

/** A policy laid out alike whoever wrote it; what is no JSON stays as it is. */
export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** lengths[i][j]: how many lines the longest common run of `from` from i and `to` from j has. */
function commonLengths(from: readonly string[], to: readonly string[]): Uint32Array[] {
  const lengths = Array.from({ length: from.length + 1 }, () => new Uint32Array(to.length + 1))
  for (let i = from.length - 1; i >= 0; i--) {
    const row = lengths[i]
    const below = lengths[i + 1]
    if (!row || !below) continue
    for (let j = to.length - 1; j >= 0; j--)
      row[j] = from[i] === to[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
  }
  return lengths
}

/** The lines of both, in order: what only `before` has stands as removed, what only `after` has as added. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const from = before.split('\n')
  const to = after.split('\n')
  const lengths = commonLengths(from, to)
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < from.length || j < to.length) {
    const left = from[i]
    const right = to[j]
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left })
      i++
      j++
    } else if (left !== undefined && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) {
      lines.push({ kind: 'removed', text: left })
      i++
    } else {
      lines.push({ kind: 'added', text: right ?? '' })
      j++
    }
  }
  return lines
}

export type DiffPart<Line extends DiffLine = DiffLine> =
  | { readonly lines: readonly Line[] }
  /** Lines that both have, left out. */
  | { readonly skipped: number }

const CONTEXT = 3

/** Long runs of lines that both have are told by their number; three stay on either side of a change. */
export function shortened<Line extends DiffLine>(lines: readonly Line[]): DiffPart<Line>[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ kind }) => kind !== 'same'),
  )
  const parts: { lines: Line[]; shown: boolean }[] = []
  lines.forEach((line, at) => {
    const shown = near[at] ?? false
    const last = parts.at(-1)
    if (last?.shown === shown) last.lines.push(line)
    else parts.push({ lines: [line], shown })
  })
  return parts.map((part) => (part.shown ? { lines: part.lines } : { skipped: part.lines.length }))
}

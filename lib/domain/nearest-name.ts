/** Which of the known names a misspelt one was probably meant to be. */

/** The known name that takes the fewest insertions, deletions and replacements to reach; '' where none is known. */
export function nearestName(name: string, known: readonly string[]): string {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
  return ranked.sort((a, b) => a.distance - b.distance)[0]?.candidate ?? ''
}

// Levenshtein's distance, one row of its table at a time.
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}

/** The name of `known` that was probably meant, or undefined: nothing near enough is better than a guess. */
export function meantName(name: string, known: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(name.length / 4))
  // The distance is at least the difference in length: most of a large directory is never measured.
  const near = [...known].filter((candidate) => Math.abs(candidate.length - name.length) <= most)
  if (near.length === 0) return undefined
  const nearest = nearestName(name, near)
  return editDistance(name.toLowerCase(), nearest.toLowerCase()) <= most ? nearest : undefined
}

/**
 * What recent submissions were answered: the same one sent twice, by a double click or after a lost answer, runs once.
 * In this process's memory, and only what succeeded or is still running.
 */
import type { ActionResult } from '#lib/console/messages.ts'

const MOST_KEPT = 500

const kept = new Map<string, Promise<ActionResult<unknown>>>()

function forgetOldest(): void {
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}

/** Runs a submission, or gives the answer of the same one. `name` holds the person, the token and the input. */
export function once<T>(name: string, run: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  // A name belongs to one operation, and so to one type.
  const before = kept.get(name) as Promise<ActionResult<T>> | undefined
  if (before) return before
  const answer = run()
  kept.set(name, answer)
  forgetOldest()
  const forget = () => kept.delete(name)
  // A refusal is no result: the next try is a new one.
  answer.then((result) => result.ok || forget(), forget)
  return answer
}

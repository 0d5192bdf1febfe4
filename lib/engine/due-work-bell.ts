/** The bell between operations, which may not know the jobs, and the jobs, which do the due work. */
import type { DueWorkBell } from './services.ts'

/** `fault` is told when a sweep that nobody waited for failed. */
export function newDueWorkBell(fault: (cause: unknown) => void): DueWorkBell {
  let sweep: () => Promise<void> = async () => {}
  return {
    ring: () => void setImmediate(() => sweep().catch(fault)),
    sweep: () => sweep(),
    answer(given) {
      sweep = given
    },
  }
}

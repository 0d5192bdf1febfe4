/** Bounds how much expensive work runs at a time, and how much may wait for it. */
import { KmsError } from '#lib/domain/refusal.ts'

type Bounds = { readonly running: number; readonly waiting: number }

/**
 * A function that runs work, in order, at most `running` at once; with `waiting` in the queue it refuses
 * more.
 */
export function turns(bounds: Bounds): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = []
  let running = 0

  return async (work) => {
    if (running >= bounds.running) {
      if (queue.length >= bounds.waiting) throw new KmsError('ThrottlingException', 'Rate exceeded')
      // Whoever finishes hands its turn over, so `running` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else {
      running++
    }
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
}

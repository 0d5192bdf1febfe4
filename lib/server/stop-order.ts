/** Undoing what was begun, last first, whatever the start was interrupted at. */

export type StopOrder = {
  /** `what` is named if stopping it fails. */
  readonly add: (what: string, stop: () => Promise<void> | void) => void
  /** Throws once stopping began: a start that is under way goes no further. */
  readonly goOn: () => void
  readonly begun: () => boolean
  /** Undoes everything, then waits for the start that was `under way` and undoes what it still began. Once. */
  readonly run: (underWay: Promise<unknown>) => Promise<void>
}

export function stopOrder(warn: (message: string) => void): StopOrder {
  const steps: { what: string; stop: () => Promise<void> | void }[] = []
  let running: Promise<void> | undefined
  const undo = async () => {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step.stop()
      } catch (error) {
        warn(`stopping ${step.what} failed: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  const runOnce = async (underWay: Promise<unknown>) => {
    await undo()
    await underWay.catch(() => {})
    await undo()
  }
  return {
    add: (what, stop) => {
      steps.push({ what, stop })
    },
    goOn: () => {
      if (running) throw new Error('stopped while starting')
    },
    begun: () => running !== undefined,
    run: (underWay) => {
      running ??= runOnce(underWay)
      return running
    },
  }
}

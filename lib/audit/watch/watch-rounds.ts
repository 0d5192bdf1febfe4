/** The rhythm of the watch: small things every few seconds, the look every minute, never two at once. */

type Work = () => Promise<unknown>

export type Rounds = {
  /** One after the other; one that fails is reported, once until it succeeds, and holds up none of the others. */
  readonly each: (works: Readonly<Record<string, Work>>) => Promise<void>
  readonly start: (step: Work, look: Work) => void
  /** Waits for what is under way. */
  readonly stop: () => Promise<void>
}

export function openRounds(
  fault: (message: string, cause: unknown) => void,
  { stepMs, lookMs }: { readonly stepMs: number; readonly lookMs: number },
): Rounds {
  const failing = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()

  async function one(name: string, work: Work): Promise<void> {
    try {
      await work()
      failing.delete(name)
    } catch (cause) {
      if (!failing.has(name)) fault(`the watch over the log could not ${name}`, cause)
      failing.add(name)
    }
  }

  return {
    async each(works) {
      for (const [name, work] of Object.entries(works)) await one(name, work)
    },
    start(step, look) {
      const looks = Math.round(lookMs / stepMs)
      let count = 0
      const round = async () => {
        await step()
        if (count++ % looks === 0) await look()
      }
      const again = () => {
        running = round()
          .catch((cause) => fault('the watch over the log failed', cause))
          .finally(() => {
            if (timer) timer = setTimeout(again, stepMs)
          })
      }
      timer = setTimeout(again, 0)
    },
    async stop() {
      clearTimeout(timer)
      timer = undefined
      await running
    },
  }
}

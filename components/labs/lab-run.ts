'use client'

import { useSyncExternalStore } from 'react'
import { z } from 'zod'

/** A lab that somebody is in the middle of, kept by this browser: no secret, and nothing that the log does not have. */
const LabRun = z.object({
  account: z.string().regex(/^[0-9]{12}$/),
  region: z.string().max(30),
  alias: z.string().regex(/^alias\/lab\/[a-z0-9/-]{1,64}$/),
  /** Epoch seconds. */
  since: z.number(),
  /** Steps that leave no event, as the person said. */
  said: z.array(z.number()),
})
export type LabRun = z.infer<typeof LabRun>

const KEY = 'keyhouse-lab-separation'
const CHANGED = 'keyhouse-lab'

let text: string | null | undefined
let run: LabRun | undefined

/** The same object as long as the same text is kept. */
function read(): LabRun | undefined {
  const now = localStorage.getItem(KEY)
  if (now === text) return run
  text = now
  try {
    run = now === null ? undefined : LabRun.safeParse(JSON.parse(now)).data
  } catch {
    run = undefined
  }
  return run
}

function subscribe(changed: () => void): () => void {
  addEventListener(CHANGED, changed)
  addEventListener('storage', changed)
  return () => {
    removeEventListener(CHANGED, changed)
    removeEventListener('storage', changed)
  }
}

/** The run of this browser, in every part of the page that looks; undefined while there is none. */
export const useLabRun = (): LabRun | undefined => useSyncExternalStore(subscribe, read, () => undefined)

export function keepRun(next: LabRun | undefined): void {
  if (next) localStorage.setItem(KEY, JSON.stringify(next))
  else localStorage.removeItem(KEY)
  dispatchEvent(new Event(CHANGED))
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const suffix = () =>
  [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => LETTERS[byte % LETTERS.length]).join('')

/** Begins anew, under an alias that no run had. */
export const newRun = (place: Pick<LabRun, 'account' | 'region'>): LabRun => ({
  ...place,
  alias: `alias/lab/orders-${suffix()}`,
  // What was done a moment before the clock of this browser says so counts, too.
  since: Math.floor(Date.now() / 1000) - 60,
  said: [],
})

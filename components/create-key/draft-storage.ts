/** The draft and what became of it, in this tab's session storage: a reload keeps them, another tab never sees them. */
import { z } from 'zod'
import { Draft } from './draft.ts'
import { Made } from './made.ts'

const DAY_MS = 86_400_000

const Stored = z.object({ savedAt: z.number(), draft: Draft, made: Made.optional() })
export type Stored = z.infer<typeof Stored>

/** A draft belongs to one person in one account and Region. */
export const draftKey = (principal: string, region: string) => `keyhouse-new-key:${principal}:${region}`

/** What was stored less than 24 hours ago, or nothing: what another release wrote is nothing too. */
export function loadDraft(key: string, now: number): Stored | undefined {
  try {
    const stored = Stored.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null'))
    return stored.success && now - stored.data.savedAt < DAY_MS ? stored.data : undefined
  } catch {
    return undefined
  }
}

export function saveDraft(key: string, stored: Stored): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(stored))
  } catch {
    // Full or forbidden storage: the draft then lives as long as the page.
  }
}

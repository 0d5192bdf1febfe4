/**
 * A policy that is being written, kept in this tab's session storage: a reload and the review page find it, another tab or
 * person never sees it. Plain text of a policy, no secret.
 */
import { z } from 'zod'

const DAY_MS = 86_400_000

const PolicyDraft = z.object({
  savedAt: z.number(),
  text: z.string(),
  /** What was in force when editing began. */
  base: z.string(),
  baseVersion: z.number(),
  /** Where it comes from, when it was not typed: "Restores v3". */
  origin: z.string().optional(),
})
export type PolicyDraft = z.infer<typeof PolicyDraft>

/** Whose draft, and of which policy. */
export type DraftPlace = { readonly principal: string; readonly region: string; readonly id: string }

const nameOf = ({ principal, region, id }: DraftPlace) => `keyhouse-policy:${principal}:${region}:${id}`

/** What was kept less than a day ago, or nothing: what another release wrote is nothing too. */
export function loadPolicyDraft(place: DraftPlace, now: number): PolicyDraft | undefined {
  try {
    const kept = PolicyDraft.safeParse(JSON.parse(sessionStorage.getItem(nameOf(place)) ?? 'null'))
    return kept.success && now - kept.data.savedAt < DAY_MS ? kept.data : undefined
  } catch {
    return undefined
  }
}

export function keepPolicyDraft(place: DraftPlace, draft: PolicyDraft): void {
  try {
    sessionStorage.setItem(nameOf(place), JSON.stringify(draft))
  } catch {
    // Full or forbidden storage: the draft then lives as long as the page.
  }
}

export function dropPolicyDraft(place: DraftPlace): void {
  try {
    sessionStorage.removeItem(nameOf(place))
  } catch {
    // Nothing was kept either.
  }
}

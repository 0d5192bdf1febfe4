/** A policy with what a finding proposes. */
import type { PolicyFindingView } from '#lib/domain/access.ts'

/** Edits are at places of the text as it is: the last comes first, so that the others keep theirs. */
export function fixedPolicy(text: string, { Fix }: Pick<PolicyFindingView, 'Fix'>): string {
  const edits = (Fix?.Edits ?? []).toSorted((a, b) => b.From - a.From)
  return edits.reduce((now, { From, To, Text }) => now.slice(0, From) + Text + now.slice(To), text)
}

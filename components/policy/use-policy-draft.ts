'use client'

import { useCallback, useEffect, useState } from 'react'
import {
  type DraftPlace,
  dropPolicyDraft,
  keepPolicyDraft,
  loadPolicyDraft,
  type PolicyDraft,
} from './policy-draft.ts'

type Saved = { readonly text: string; readonly version: number }

export type PolicyDraftState = PolicyDraft & {
  /** Whether anything would be lost. */
  readonly changed: boolean
  /** Whether it was found in the tab's storage. */
  readonly resumed: boolean
  /** False until the storage was read. */
  readonly ready: boolean
  readonly edit: (text: string) => void
  /** Goes on from another version: the draft is then compared with that. */
  readonly rebase: (saved: Saved, text?: string) => void
  readonly discard: () => void
}

const fresh = ({ text, version }: Saved): PolicyDraft => ({
  savedAt: 0,
  text,
  base: text,
  baseVersion: version,
})

/** The draft of one policy: read once, written at each change, gone when it is the same as what is saved. */
export function usePolicyDraft(place: DraftPlace, saved: Saved): PolicyDraftState {
  const { principal, region, id } = place
  const [draft, setDraft] = useState(() => fresh(saved))
  const [found, setFound] = useState({ ready: false, resumed: false })
  useEffect(() => {
    const kept = loadPolicyDraft({ principal, region, id }, Date.now())
    if (kept) setDraft(kept)
    setFound({ ready: true, resumed: kept !== undefined })
  }, [principal, region, id])
  const changed = draft.text !== draft.base
  useEffect(() => {
    if (!found.ready) return
    if (changed) keepPolicyDraft({ principal, region, id }, draft)
    else dropPolicyDraft({ principal, region, id })
  }, [principal, region, id, draft, changed, found.ready])
  return {
    ...draft,
    ...found,
    changed,
    edit: useCallback((text) => setDraft((now) => ({ ...now, text, savedAt: Date.now() })), []),
    rebase: useCallback(
      (to, text) =>
        setDraft((now) => ({
          ...now,
          savedAt: Date.now(),
          base: to.text,
          baseVersion: to.version,
          text: text ?? now.text,
        })),
      [],
    ),
    discard: useCallback(() => {
      setDraft((now) => ({ savedAt: 0, text: now.base, base: now.base, baseVersion: now.baseVersion }))
      setFound({ ready: true, resumed: false })
    }, []),
  }
}

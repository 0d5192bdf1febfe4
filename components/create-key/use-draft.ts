'use client'

import { useCallback, useEffect, useState } from 'react'
import type { WizardStep } from '#lib/console/paths.ts'
import { type Draft, EMPTY_DRAFT } from './draft.ts'
import { loadDraft, saveDraft } from './draft-storage.ts'
import type { Made } from './made.ts'

type Kept = { readonly draft: Draft; readonly made: Made | undefined; readonly savedAt: number | undefined }
export type DraftState = {
  /** Undefined until the tab's storage was read. */
  readonly kept: Kept | undefined
  readonly update: (change: (draft: Draft) => Draft) => void
  readonly setMade: (made: Made | undefined) => void
  readonly startOver: () => void
}

const FRESH: Kept = { draft: EMPTY_DRAFT, made: undefined, savedAt: undefined }

const visit = (kept: Kept, step: WizardStep): Kept =>
  kept.draft.visited.includes(step)
    ? kept
    : { ...kept, draft: { ...kept.draft, visited: [...kept.draft.visited, step] } }

/** The draft of this tab: read once, written at each change. A key that was made ends it. */
export function useDraft(key: string, step: WizardStep): DraftState {
  const [kept, setKept] = useState<Kept>()
  useEffect(() => {
    const stored = loadDraft(key, Date.now())
    setKept(stored ? { savedAt: stored.savedAt, draft: stored.draft, made: stored.made } : FRESH)
  }, [key])
  useEffect(() => {
    if (kept)
      saveDraft(key, {
        savedAt: kept.savedAt ?? Date.now(),
        draft: kept.draft,
        ...(kept.made && { made: kept.made }),
      })
  }, [key, kept])
  const ready = kept !== undefined
  useEffect(() => {
    // What was made is told on the last step alone: any other one begins the next key.
    if (ready) setKept((now = FRESH) => visit(now.made && step !== 'review' ? FRESH : now, step))
  }, [ready, step])
  const change = useCallback(
    (apply: (now: Kept) => Kept) => setKept((now = FRESH) => apply({ ...now, savedAt: Date.now() })),
    [],
  )
  return {
    kept,
    update: useCallback((apply) => change((now) => ({ ...now, draft: apply(now.draft) })), [change]),
    setMade: useCallback((made) => change((now) => ({ ...now, made })), [change]),
    startOver: useCallback(() => setKept(visit(FRESH, step)), [step]),
  }
}

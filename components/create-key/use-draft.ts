'use client'

import { useCallback, useEffect, useState } from 'react'
import type { KeyPreset, WizardStep } from '#lib/console/paths.ts'
import { begun, type Draft, isEdited } from './draft.ts'
import { loadDraft, saveDraft } from './draft-storage.ts'
import type { Made } from './made.ts'

type Kept = { readonly draft: Draft; readonly made: Made | undefined; readonly savedAt: number | undefined }
export type DraftState = {
  /** Undefined until the tab's storage was read. */
  readonly kept: Kept | undefined
  readonly update: (change: (draft: Draft) => Draft) => void
  readonly setMade: (made: Made | undefined) => void
  readonly startOver: () => void
  /** The preset that the wizard was opened with: a fresh draft begins with it. */
  readonly asked: KeyPreset | null
}

const fresh = (preset: KeyPreset | null): Kept => ({
  draft: begun(preset),
  made: undefined,
  savedAt: undefined,
})

/** What the wizard opens with: work is kept, and only where there is none a link's preset counts. */
function opening(key: string, step: WizardStep, preset: KeyPreset | null): Kept {
  const stored = loadDraft(key, Date.now())
  const kept = stored && (step !== 'configure' || (!stored.made && isEdited(stored.draft)))
  return kept ? { savedAt: stored.savedAt, draft: stored.draft, made: stored.made } : fresh(preset)
}

const visit = (kept: Kept, step: WizardStep): Kept =>
  kept.draft.visited.includes(step)
    ? kept
    : { ...kept, draft: { ...kept.draft, visited: [...kept.draft.visited, step] } }

/** The draft of this tab: read once, written at each change. A key that was made ends it. */
export function useDraft(key: string, step: WizardStep, preset: KeyPreset | null): DraftState {
  const [kept, setKept] = useState<Kept>()
  // As the wizard was opened: the address has the preset on its first step alone.
  const [opened] = useState({ step, preset })
  const { preset: asked } = opened
  useEffect(() => setKept(opening(key, opened.step, opened.preset)), [key, opened])
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
    if (ready) setKept((now = fresh(null)) => visit(now.made && step !== 'review' ? fresh(null) : now, step))
  }, [ready, step])
  const change = useCallback(
    (apply: (now: Kept) => Kept) => setKept((now = fresh(null)) => apply({ ...now, savedAt: Date.now() })),
    [],
  )
  return {
    kept,
    asked,
    update: useCallback((apply) => change((now) => ({ ...now, draft: apply(now.draft) })), [change]),
    setMade: useCallback((made) => change((now) => ({ ...now, made })), [change]),
    startOver: useCallback(() => setKept(visit(fresh(asked), step)), [step, asked]),
  }
}

'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { count } from '#lib/console/format.ts'
import { type KeyPreset, paths, WIZARD_STEPS } from '#lib/console/paths.ts'
import { aliasName, type Draft, isEdited, STEP_TITLES } from './draft.ts'
import { useWizard } from './wizard-context.tsx'

const facts = (draft: Draft): string =>
  [
    draft.alias === '' ? 'no alias yet' : aliasName(draft),
    count(draft.administrators.length, 'administrator'),
    count(draft.users.length, 'user'),
    ...(draft.policy === null ? [] : ['policy edited by hand']),
  ].join(', ')

const PRESET_WORDS: Record<KeyPreset, string> = {
  external: 'a key with imported material',
  'multi-region': 'a multi-Region key',
}

/** On the first step, when this tab still has a draft from before: go on with it, or begin again. */
export function ResumeDraft() {
  const { setting, ready, opened, draft, savedAt, startOver, asked } = useWizard()
  const router = useRouter()
  const [offered, setOffered] = useState<boolean>()
  // Only what was there when the wizard opened: stepping back in it resumes nothing.
  if (ready && offered === undefined) setOffered(opened && isEdited(draft))
  if (!offered || savedAt === undefined) return null
  const furthest = WIZARD_STEPS.findLast((step) => draft.visited.includes(step)) ?? 'configure'
  return (
    <Note tone="brass" role="status" className="mb-5">
      <p>
        A draft from <Time at={savedAt / 1000} />: {facts(draft)}.
        {asked && ` You asked for ${PRESET_WORDS[asked]}: start over to begin one.`}
      </p>
      <div className="mt-1.5 flex flex-wrap gap-2">
        <Button onClick={() => router.push(paths.newKey(setting.scope, furthest))}>
          Resume draft at {STEP_TITLES[furthest]}
        </Button>
        <Button
          variant="quiet"
          onClick={() => {
            startOver()
            setOffered(false)
          }}
        >
          Start over
        </Button>
      </div>
    </Note>
  )
}

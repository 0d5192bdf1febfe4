'use client'

import { MutationError } from '#components/states.tsx'
import { useWizard } from './wizard-context.tsx'

/** What the engine refused at creation, at the step where it can be put right. */
export function RefusedHere() {
  const { step, refused } = useWizard()
  if (refused?.step !== step) return null
  return <MutationError refusal={refused.refusal} what="The key wasn’t created." />
}

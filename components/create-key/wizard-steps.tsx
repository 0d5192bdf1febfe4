'use client'

import { type Step, Steps } from '#components/ui/steps.tsx'
import { paths, WIZARD_STEPS, type WizardStep } from '#lib/console/paths.ts'
import { type Draft, STEP_TITLES } from './draft.ts'
import { useWizard, type Wizard } from './wizard-context.tsx'

/** Whoever has seen the review has been past every step. */
const reached = (name: WizardStep, { visited }: Draft) => visited.includes(name) || visited.includes('review')

function stateOf(name: WizardStep, { step, draft, faults }: Wizard): Step['state'] {
  if (name === step) return 'current'
  if (!reached(name, draft) || name === 'review') return 'ahead'
  return faults(name).length > 0 ? 'invalid' : 'done'
}

/** The six steps beside the form; on narrow screens folded into one line. Visited steps are links. */
export function WizardSteps() {
  const wizard = useWizard()
  const { setting, draft } = wizard
  const steps = WIZARD_STEPS.map(
    (name): Step => ({
      label: STEP_TITLES[name],
      state: stateOf(name, wizard),
      ...(reached(name, draft) && { href: paths.newKey(setting.scope, name) }),
    }),
  )
  return (
    <>
      <div className="w-44 shrink-0 max-lg:hidden">
        <Steps label="Steps" steps={steps} />
      </div>
      <details className="mb-4 border-b border-line pb-2 lg:hidden">
        <summary className="min-h-7 content-center text-table font-medium text-text2 max-md:min-h-11">
          All steps
        </summary>
        <Steps label="Steps" steps={steps} />
      </details>
    </>
  )
}

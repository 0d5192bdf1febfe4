'use client'

import { useSelectedLayoutSegment } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/page-header.tsx'
import { paths, WIZARD_STEPS } from '#lib/console/paths.ts'
import { CreatedKey } from './created-key.tsx'
import { isStep, STEP_TITLES } from './draft.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { Preview } from './preview.tsx'
import { ResumeDraft } from './resume-draft.tsx'
import { type Setting, useWizard } from './wizard-context.tsx'
import { WizardFooter } from './wizard-footer.tsx'
import { WizardState } from './wizard-state.tsx'
import { WizardSteps } from './wizard-steps.tsx'

/** Around every step: where one is, the form, what it will make, and the way on. */
export function WizardShell({ setting, children }: { setting: Setting; children: ReactNode }) {
  const segment = useSelectedLayoutSegment() ?? ''
  if (!isStep(segment)) return children
  return (
    <WizardState setting={setting} step={segment}>
      <LeaveGuard />
      <Shell>{children}</Shell>
    </WizardState>
  )
}

function Shell({ children }: { children: ReactNode }) {
  const { setting, step, ready, made } = useWizard()
  if (made && step === 'review') return <CreatedKey made={made} />
  const { scope } = setting
  const crumbs = [
    { label: scope.region, href: paths.keys(scope) },
    { label: 'Keys', href: paths.keys(scope) },
    { label: 'Create key' },
  ]
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={STEP_TITLES[step]}
        fact={`Step ${WIZARD_STEPS.indexOf(step) + 1} of ${WIZARD_STEPS.length}`}
      />
      <div className="gap-x-7 lg:flex">
        <WizardSteps />
        <div className="min-w-0 grow gap-x-7 xl:flex">
          <div className="min-w-0 max-w-form grow">
            {step === 'configure' && <ResumeDraft />}
            {/* The draft is in this tab alone: nothing can be typed before it was read. */}
            {ready && children}
          </div>
          {ready && <Preview />}
        </div>
      </div>
    </>
  )
}

type StepFormProps = {
  children: ReactNode
  /** The last step has a button of its own. */
  action?: ReactNode
}

/** A step's fields and its way on. */
export function StepForm({ children, action }: StepFormProps) {
  return (
    <>
      <div className="space-y-6">{children}</div>
      <WizardFooter action={action} />
    </>
  )
}

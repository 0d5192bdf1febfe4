'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { count } from '#lib/console/format.ts'
import { paths, WIZARD_STEPS, type WizardStep } from '#lib/console/paths.ts'
import { CreationLines } from './creation-lines.tsx'
import { givenTags, STEP_TITLES } from './draft.ts'
import { DraftFacts } from './draft-facts.tsx'
import { RefusedHere } from './refused-here.tsx'
import { ReviewAccess } from './review-access.tsx'
import { blockedBy, ReviewChecks } from './review-checks.tsx'
import { useCreation } from './use-creation.ts'
import { useDraftFindings } from './use-preview.ts'
import { useWizard } from './wizard-context.tsx'
import { StepForm } from './wizard-shell.tsx'

/** Step 6: everything once more, who will be able to do what, and the one button that creates. */
export function ReviewStep() {
  const { setting, draft, faults, refused } = useWizard()
  const findings = useDraftFindings()
  const { progress, create } = useCreation()
  const router = useRouter()
  const offline = useOfflineReason()
  const broken = WIZARD_STEPS.filter((step) => faults(step).length > 0)
  const tags = givenTags(draft).length
  const elsewhere = refused && refused.step !== 'review' ? refused.step : undefined
  useEffect(() => {
    // What was refused is told where it can be put right.
    if (elsewhere) router.push(paths.newKey(setting.scope, elsewhere))
  }, [elsewhere, router, setting.scope])
  return (
    <StepForm
      action={
        <Button
          size="form"
          variant="primary"
          pending={progress !== 'idle'}
          pendingLabel="Creating…"
          reason={
            broken.length > 0
              ? `Put right first: ${broken.map((step) => STEP_TITLES[step]).join(', ')}.`
              : (blockedBy(findings, setting.requireSeparation) ?? offline)
          }
          onClick={() => void create()}
        >
          Create key
        </Button>
      }
    >
      <RefusedHere />
      {broken.map((step) => (
        <BrokenStep key={step} step={step} faults={faults(step)} />
      ))}
      <DraftFacts sections={(step, facts) => <ReviewSection step={step}>{facts}</ReviewSection>} />
      <Section title="Who will be able to" actions={<EditLink step="policy" />}>
        <ReviewAccess />
      </Section>
      <ReviewChecks state={findings} />
      <p className="text-body">
        Creates 1 key, 1 alias{tags > 0 && `, ${count(tags, 'tag')}`} in {setting.scope.region}.
      </p>
      <CreationLines progress={progress} />
    </StepForm>
  )
}

function EditLink({ step }: { step: WizardStep }) {
  const { setting } = useWizard()
  return (
    <Link href={paths.newKey(setting.scope, step)} className="link text-table">
      Edit<span className="sr-only"> {STEP_TITLES[step]}</span>
    </Link>
  )
}

function ReviewSection({ step, children }: { step: WizardStep; children: ReactNode }) {
  return (
    <Section title={STEP_TITLES[step]} actions={<EditLink step={step} />}>
      {children}
    </Section>
  )
}

function BrokenStep({ step, faults }: { step: WizardStep; faults: readonly string[] }) {
  const { setting } = useWizard()
  return (
    <Note tone="vermilion" className="max-w-form">
      <Link href={paths.newKey(setting.scope, step)} className="link font-medium">
        {STEP_TITLES[step]}
      </Link>
      {': '}
      {faults[0]}
      {faults.length > 1 && ` And ${count(faults.length - 1, 'more error')}.`}
    </Note>
  )
}

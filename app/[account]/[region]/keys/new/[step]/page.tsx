import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ComponentType } from 'react'
import { AdministratorsStep } from '#components/create-key/administrators-step.tsx'
import { ConfigureStep } from '#components/create-key/configure-step.tsx'
import { isStep, STEP_TITLES } from '#components/create-key/draft.ts'
import { LabelsStep } from '#components/create-key/labels-step.tsx'
import { ReviewStep } from '#components/create-key/review-step.tsx'
import { UsersStep } from '#components/create-key/users-step.tsx'
import type { WizardStep } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'
import { PolicyStep } from '../policy-step.tsx'

type Props = { params: Promise<{ region: string; step: string }> }

const FORMS: Record<WizardStep, ComponentType> = {
  configure: ConfigureStep,
  labels: LabelsStep,
  administrators: AdministratorsStep,
  users: UsersStep,
  policy: PolicyStep,
  review: ReviewStep,
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { region, step } = await params
  return { title: `${isStep(step) ? STEP_TITLES[step] : 'Not found'} · Create key · ${region}` }
}

export default async function StepPage({ params }: Props) {
  await requireSession()
  const { step } = await params
  if (!isStep(step)) notFound()
  const Form = FORMS[step]
  return <Form />
}

'use client'

import { useSelectedLayoutSegment } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/page-header.tsx'
import { type Step, Steps } from '#components/ui/steps.tsx'
import { IMPORT_STEPS, type ImportStep, paths } from '#lib/console/paths.ts'
import { FlowProvider, type FlowSetting, useFlow } from './flow-context.tsx'

export const STEP_WORDS: Record<ImportStep, string> = {
  wrap: 'Choose wrapping',
  download: 'Download',
  upload: 'Upload',
  done: 'Done',
}

export const isImportStep = (name: string): name is ImportStep => IMPORT_STEPS.some((step) => step === name)

/** Around the four steps: whose material it is, where one is, and what earlier steps gave. */
export function FlowShell({ setting, children }: { setting: FlowSetting; children: ReactNode }) {
  const segment = useSelectedLayoutSegment() ?? ''
  const step = isImportStep(segment) ? segment : 'wrap'
  const { scope, described, name } = setting
  return (
    <FlowProvider setting={setting}>
      <PageHeader
        crumbs={[
          { label: scope.region },
          { label: 'Keys', href: paths.keys(scope) },
          { label: name, href: paths.key(scope, described.KeyId) },
          { label: 'Key material', href: paths.key(scope, described.KeyId, 'material') },
          { label: 'Import' },
        ]}
        title={`Import key material into ${name}`}
        fact={`Step ${IMPORT_STEPS.indexOf(step) + 1} of ${IMPORT_STEPS.length}: ${STEP_WORDS[step]}`}
      />
      <div className="gap-x-7 lg:flex">
        <div className="w-44 shrink-0 max-lg:mb-4 max-lg:w-auto max-lg:border-b max-lg:border-line max-lg:pb-2">
          <FlowSteps step={step} />
        </div>
        <div className="min-w-0 max-w-form grow">
          <StepBody>{children}</StepBody>
        </div>
      </div>
    </FlowProvider>
  )
}

/** What earlier steps gave is in this tab alone: nothing can be drawn before it was read. */
function StepBody({ children }: { children: ReactNode }) {
  return useFlow().ready ? children : null
}

function FlowSteps({ step }: { step: ImportStep }) {
  const { setting, stored } = useFlow()
  const at = IMPORT_STEPS.indexOf(step)
  const reachable: Record<ImportStep, boolean> = {
    wrap: true,
    download: stored.parameters !== undefined,
    // Whoever has the files from another tab or day begins here.
    upload: true,
    done: stored.done !== undefined,
  }
  const steps = IMPORT_STEPS.map(
    (name, index): Step => ({
      label: STEP_WORDS[name],
      state: name === step ? 'current' : index < at ? 'done' : 'ahead',
      ...(reachable[name] && { href: paths.importMaterial(setting.scope, setting.described.KeyId, name) }),
    }),
  )
  return <Steps label="Steps of the import" steps={steps} />
}

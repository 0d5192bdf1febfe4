'use client'

import { useSearchParams } from 'next/navigation'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { WizardStep } from '#lib/console/paths.ts'
import { EMPTY_DRAFT, presetOf, separated } from './draft.ts'
import { draftKey } from './draft-storage.ts'
import { stepFaults } from './step-faults.ts'
import { useDraft } from './use-draft.ts'
import { usePrincipals } from './use-principals.ts'
import { useAliasCheck } from './use-taken-alias.ts'
import { type Setting, type Wizard, WizardContext } from './wizard-context.tsx'

type Props = { setting: Setting; step: WizardStep; children: ReactNode }

/** Holds the draft above the steps: while the wizard is on screen in memory, and beyond that in the tab's storage. */
export function WizardState({ setting, step, children }: Props) {
  const { account, region } = setting.scope
  const preset = presetOf(useSearchParams().get('preset'))
  const {
    kept,
    update: change,
    setMade,
    startOver,
    asked,
  } = useDraft(draftKey(setting.self, region), step, preset)
  const { requireSeparation } = setting
  const draft = useMemo(
    () => separated(kept?.draft ?? EMPTY_DRAFT, requireSeparation),
    [kept?.draft, requireSeparation],
  )
  const principals = usePrincipals(account)
  const alias = useAliasCheck(setting.scope, kept?.made ? '' : draft.alias)
  const [refused, refuse] = useState<Wizard['refused']>()
  const [tried, setTried] = useState<WizardStep>()
  const [opened, setOpened] = useState<WizardStep | undefined>(step)
  if (opened !== undefined && opened !== step) setOpened(undefined)
  const { keySpec, keyUsage, origin, multiRegion } = draft
  const owner = useMemo(
    () => ({
      partition: setting.partition,
      account,
      spec: keySpec,
      usage: keyUsage,
      origin,
      multiRegion,
    }),
    [setting.partition, account, keySpec, keyUsage, origin, multiRegion],
  )
  const update = useCallback<Wizard['update']>(
    (apply) => {
      refuse(undefined)
      change((now) => apply(separated(now, requireSeparation)))
    },
    [change, requireSeparation],
  )
  const value: Wizard = {
    setting,
    owner,
    step,
    ready: kept !== undefined,
    opened: opened === step,
    draft,
    savedAt: kept?.savedAt,
    update,
    principals,
    alias,
    faults: (name) =>
      stepFaults(name, draft, { owner, known: principals.known, taken: alias.taken, requireSeparation }),
    tried: tried === step,
    onTried: () => setTried(step),
    made: kept?.made,
    setMade,
    refused,
    refuse,
    startOver,
    asked,
  }
  return <WizardContext value={value}>{children}</WizardContext>
}

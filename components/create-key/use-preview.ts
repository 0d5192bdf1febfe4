'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Findings, useFindings } from '#components/policy/use-findings.ts'
import type { InputOf } from '#lib/console/operations.ts'
import { question } from '#lib/console/queries.ts'
import { aliasFault } from './alias-fault.ts'
import { aliasName, type Draft } from './draft.ts'
import { policyOf } from './policy-people.ts'
import { createKeyInput } from './requests.ts'
import { tagFaults } from './tag-faults.ts'
import { useWizard, type Wizard } from './wizard-context.tsx'

/** What is asked about a key that is not there yet. Labels that cannot be kept say nothing about it. */
function previewInput(draft: Draft, owner: Wizard['owner']): InputOf<'PreviewAccess'> {
  const { Policy, Tags } = createKeyInput(draft, owner)
  return {
    Policy,
    KeySpec: draft.keySpec,
    KeyUsage: draft.keyUsage,
    Origin: draft.origin,
    ...(aliasFault(draft.alias) === undefined && { AliasName: aliasName(draft) }),
    ...(Tags && tagFaults(draft.tags).every((fault) => fault === undefined) && { Tags }),
  }
}

/** Who will be able to do what, by the engine: the policy of the draft on a key that is not there yet. */
export function usePreview() {
  const { setting, draft, owner } = useWizard()
  const { account, region } = setting.scope
  return useQuery({
    ...question(account, region, 'PreviewAccess', previewInput(draft, owner)),
    placeholderData: keepPreviousData,
  })
}

/** What is wrong with the draft's policy, or could be better. */
export function useDraftFindings(): Findings {
  const { setting, draft, owner } = useWizard()
  const { account, region } = setting.scope
  const about = { KeySpec: draft.keySpec, KeyUsage: draft.keyUsage }
  return useFindings(policyOf(draft, owner), { account, region, kind: 'key', about })
}

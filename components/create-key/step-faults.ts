/** What keeps a key from being created, by step. Warnings are not here: they never block. */

import { sizeOf } from '#components/policy/policy-size.tsx'
import type { WizardStep } from '#lib/console/paths.ts'
import { MAX_KEY_POLICY_BYTES } from '#lib/domain/policy-grammar.ts'
import { aliasFault } from './alias-fault.ts'
import type { Draft } from './draft.ts'
import { policyFindings } from './policy-findings.ts'
import { type Owner, overlap, overlapText, peopleOf, policyOf } from './policy-people.ts'
import { MOST_TAGS, tagFaults } from './tag-faults.ts'

export const DESCRIPTION_LONGEST = 8192

export type Asked = {
  readonly owner: Owner
  /** ARNs of the account's identities, where they may be listed. */
  readonly known: ReadonlySet<string> | undefined
  /** Whom the alias points at already, where that is known. */
  readonly taken: string | undefined
  /** Whether nobody may be administrator and user. */
  readonly requireSeparation: boolean
}

function labelFaults(draft: Draft, taken: string | undefined): string[] {
  const alias = aliasFault(draft.alias) ?? taken
  const tags = tagFaults(draft.tags).flatMap((fault) => (fault ? [fault.message] : []))
  return [
    ...(alias ? [alias] : []),
    ...(draft.description.length > DESCRIPTION_LONGEST ? ['The description is too long.'] : []),
    ...(draft.tags.length > MOST_TAGS ? ['There are too many tags.'] : []),
    ...tags,
  ]
}

function policyFaults(draft: Draft, { owner, known }: Asked): string[] {
  const policy = policyOf(draft, owner)
  const size = sizeOf(policy) > MAX_KEY_POLICY_BYTES ? ['The policy is longer than 32,768 bytes.'] : []
  return [...size, ...policyFindings(policy, owner, known).map(({ message }) => message)]
}

/** Nobody may do both where the installation requires separation of duties. */
function userFaults(draft: Draft, { requireSeparation }: Asked): string[] {
  const people = requireSeparation ? peopleOf(draft) : undefined
  return people ? overlap(people).map(overlapText) : []
}

/** Everything wrong with a step, in the order of its fields. */
export function stepFaults(step: WizardStep, draft: Draft, asked: Asked): string[] {
  if (step === 'labels') return labelFaults(draft, asked.taken)
  if (step === 'users') return userFaults(draft, asked)
  if (step === 'policy') return policyFaults(draft, asked)
  return []
}

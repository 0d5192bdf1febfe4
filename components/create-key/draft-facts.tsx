'use client'

import { Fragment, type ReactNode } from 'react'
import { Chip } from '#components/ui/chip.tsx'
import { type Fact, Facts } from '#components/ui/facts.tsx'
import { principalLabel } from '#lib/console/format.ts'
import type { WizardStep } from '#lib/console/paths.ts'
import { KEY_SPECS, USAGE_LABEL } from '#lib/domain/key-spec.ts'
import { aliasName, givenTags } from './draft.ts'
import { type People, peopleOf } from './policy-people.ts'
import { useWizard, type Wizard } from './wizard-context.tsx'

const None = ({ children }: { children: string }) => <span className="text-text2">{children}</span>

const names = (arns: readonly string[]) => arns.map(principalLabel).join(', ')

function labelFacts({ draft }: Wizard): Fact[] {
  const tags = givenTags(draft)
  return [
    {
      term: 'Alias',
      value:
        draft.alias === '' ? (
          <None>Not named yet</None>
        ) : (
          <span className="break-all">{aliasName(draft)}</span>
        ),
    },
    { term: 'Description', value: draft.description === '' ? <None>None</None> : draft.description },
    {
      term: 'Tags',
      value:
        tags.length === 0 ? (
          <None>None</None>
        ) : (
          <span className="flex flex-wrap gap-1">
            {tags.map(({ key, value }) => (
              <Chip key={key}>{value === '' ? key : `${key}=${value}`}</Chip>
            ))}
          </span>
        ),
    },
  ]
}

const administratorFacts = ({ administrators, allowDeletion, strict }: People): Fact[] => [
  {
    term: 'Key administrators',
    value: administrators.length === 0 ? <None>Nobody named</None> : names(administrators),
  },
  { term: 'May delete the key', value: administrators.length > 0 && allowDeletion ? 'Yes' : 'No' },
  { term: 'Strict separation', value: administrators.length > 0 && strict ? 'Yes' : 'No' },
]

const userFacts = ({ users, accounts, grants }: People): Fact[] => [
  { term: 'Key users', value: users.length === 0 ? <None>Nobody named</None> : names(users) },
  { term: 'Other accounts', value: accounts.length === 0 ? <None>None</None> : accounts.join(', ') },
  {
    term: 'Use by services through grants',
    value: users.length + accounts.length > 0 && grants ? 'Yes' : 'No',
  },
]

const unreadable: Fact[] = [{ term: 'From the edited policy', value: <None>Can’t be read</None> }]

function factsOf(step: WizardStep, wizard: Wizard): Fact[] {
  const { draft, setting } = wizard
  const people = peopleOf(draft)
  const spec = KEY_SPECS[draft.keySpec]
  if (step === 'configure') {
    return [
      { term: 'Key spec', value: spec.label },
      { term: 'Key usage', value: USAGE_LABEL[draft.keyUsage] },
      { term: 'Origin', value: draft.origin === 'EXTERNAL' ? 'Imported key material' : 'KMS' },
      {
        term: 'Regionality',
        value: `${draft.multiRegion ? 'Multi-Region primary' : 'Single-Region'}, ${setting.scope.region}`,
      },
    ]
  }
  if (step === 'labels') return labelFacts(wizard)
  if (step === 'administrators') return people ? administratorFacts(people) : unreadable
  return people ? userFacts(people) : unreadable
}

const STEPS = ['configure', 'labels', 'administrators', 'users'] as const

/** What the draft says, step by step; `sections` draws each. */
export function DraftFacts({
  sections,
  columns = 2,
}: {
  sections: (step: WizardStep, facts: ReactNode) => ReactNode
  columns?: 1 | 2
}) {
  const wizard = useWizard()
  return STEPS.map((step) => (
    <Fragment key={step}>
      {sections(step, <Facts columns={columns} facts={factsOf(step, wizard)} />)}
    </Fragment>
  ))
}

'use client'

import { type ReactNode, useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { count } from '#lib/console/format.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'

export type Guardrail = { readonly Name: string; readonly Policy: string }

type GuardrailsProps = {
  title: string
  guardrails: readonly Guardrail[]
  refusal?: RefusalView | undefined
  /** What is said under them, or where there are none. */
  about: ReactNode
  /** Whose they are and who sets them, where the one who looks may be that one. */
  set?: { readonly by: string; readonly of: string }
}

/** What everybody of an account may do at most. */
export function Guardrails({ title, guardrails, refusal, about, set }: GuardrailsProps) {
  return (
    <Section
      title={title}
      fact={refusal ? undefined : count(guardrails.length, 'guardrail')}
      actions={
        set && (
          <LinkButton variant="primary" href={paths.identityPart(set.by, 'accounts', set.of, 'guardrail')}>
            Set guardrail
          </LinkButton>
        )
      }
    >
      {refusal && <ErrorState what="The guardrails couldn’t be read." refusal={refusal} />}
      <ul className="mb-2">
        {guardrails.map((guardrail) => (
          <GuardrailItem key={guardrail.Name} guardrail={guardrail} set={set} />
        ))}
      </ul>
      {!refusal && <Hint>{about}</Hint>}
    </Section>
  )
}

type ItemProps = { guardrail: Guardrail; set: GuardrailsProps['set'] }

function GuardrailItem({ guardrail: { Name, Policy }, set }: ItemProps) {
  const [open, setOpen] = useState(false)
  const hrefOf = (part: 'guardrail' | 'delete-guardrail') =>
    set && paths.identityPart(set.by, 'accounts', set.of, part, { policy: Name })
  const edit = hrefOf('guardrail')
  const remove = hrefOf('delete-guardrail')
  return (
    <li className="border-b border-line py-2 text-table">
      <span className="flex flex-wrap items-center gap-3">
        <span className="font-medium break-all">{Name}</span>
        <Button
          variant="quiet"
          aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'Show'} guardrail ${Name}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide' : 'Show'}
        </Button>
        {edit && (
          <LinkButton variant="quiet" href={edit} aria-label={`Edit guardrail ${Name}`}>
            Edit
          </LinkButton>
        )}
        {remove && (
          <LinkButton
            variant="quiet"
            href={remove}
            aria-label={`Remove guardrail ${Name}`}
            className="text-vermilion"
          >
            Remove
          </LinkButton>
        )}
      </span>
      {open && <PolicyText className="mt-2" text={Policy} label={`Guardrail ${Name}`} />}
    </li>
  )
}

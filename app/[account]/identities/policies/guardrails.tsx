'use client'

import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { count } from '#lib/console/format.ts'
import type { RefusalView } from '#lib/console/messages.ts'

type Guardrail = { readonly Name: string; readonly Policy: string }
type GuardrailsProps = {
  account: string
  guardrails: readonly Guardrail[]
  refusal: RefusalView | undefined
}

/** What everybody in this account may do at most. The installation's first account sets it. */
export function Guardrails({ account, guardrails, refusal }: GuardrailsProps) {
  const [open, setOpen] = useState<string>()
  return (
    <Section
      title="Guardrails of this account"
      fact={refusal ? undefined : count(guardrails.length, 'guardrail')}
    >
      {refusal && <ErrorState what="The guardrails couldn’t be read." refusal={refusal} />}
      {!refusal && guardrails.length === 0 && (
        <Hint>
          None. What policies allow in account {account} is allowed. The installation’s first account can set
          guardrails for the others; it is itself not bound.
        </Hint>
      )}
      <ul>
        {guardrails.map(({ Name, Policy }) => (
          <li key={Name} className="border-b border-line py-2 text-table">
            <span className="flex flex-wrap items-center gap-3">
              <span className="font-medium break-all">{Name}</span>
              <Button
                variant="quiet"
                aria-expanded={open === Name}
                aria-label={`${open === Name ? 'Hide' : 'Show'} guardrail ${Name}`}
                onClick={() => setOpen(open === Name ? undefined : Name)}
              >
                {open === Name ? 'Hide' : 'Show'}
              </Button>
            </span>
            {open === Name && <PolicyText className="mt-2" text={Policy} label={`Guardrail ${Name}`} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}

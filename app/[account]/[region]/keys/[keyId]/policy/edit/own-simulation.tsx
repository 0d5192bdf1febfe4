'use client'

import { useState } from 'react'
import { ExplainedAccess } from '#components/access/explained.tsx'
import { Section } from '#components/page-header.tsx'
import { actionsFor, firstQuestion } from '#components/policy/simulation.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/input.tsx'
import type { PolicyPlace } from '../policy-place.ts'

/** Whoever may not read a policy may still ask what it says about themselves. */
export function OwnSimulation({ place }: { place: PolicyPlace }) {
  const { scope, reference, self, key } = place
  const [action, setAction] = useState(() => firstQuestion(self, key).action)
  const [asked, setAsked] = useState<string>()
  return (
    <div className="mt-6 max-w-form">
      <Section title="Simulate" fact="about yourself">
        <form
          method="post"
          className="mb-4 flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(action)
          }}
        >
          <Field label="Action" className="min-w-60 grow">
            {(control) => (
              <Select {...control} value={action} onChange={(event) => setAction(event.target.value)}>
                {actionsFor(key).fitting.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
          <Button size="form" type="submit">
            Simulate
          </Button>
        </form>
        {asked && (
          <ExplainedAccess
            account={scope.account}
            region={scope.region}
            question={{ KeyId: reference, PrincipalArn: self, Action: asked }}
          />
        )}
      </Section>
    </div>
  )
}

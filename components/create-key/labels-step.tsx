'use client'

import { Field } from '#components/ui/field.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { formatNumber } from '#lib/console/format.ts'
import { AliasField } from './alias-field.tsx'
import { RefusedHere } from './refused-here.tsx'
import { DESCRIPTION_LONGEST } from './step-faults.ts'
import { TagFields } from './tag-fields.tsx'
import { useWizard } from './wizard-context.tsx'
import { StepForm } from './wizard-shell.tsx'

/** Step 2: how people find the key. */
export function LabelsStep() {
  const { draft, update, alias, tried } = useWizard()
  const over = draft.description.length - DESCRIPTION_LONGEST
  return (
    <StepForm>
      <RefusedHere />
      <Note tone="brass" className="max-w-form">
        Don’t put secrets here. Alias, description and tags appear in logs.
      </Note>
      <AliasField
        value={draft.alias}
        check={alias}
        tried={tried}
        onChange={(text) => update((now) => ({ ...now, alias: text }))}
      />
      <Field
        label="Description"
        optional
        help="What the key protects, and whom to ask about it."
        error={
          over > 0
            ? `${formatNumber(over)} characters too long; ${formatNumber(DESCRIPTION_LONGEST)} is the most.`
            : undefined
        }
      >
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            value={draft.description}
            onChange={(event) => update((now) => ({ ...now, description: event.target.value }))}
          />
        )}
      </Field>
      <TagFields tags={draft.tags} onChange={(tags) => update((now) => ({ ...now, tags }))} />
    </StepForm>
  )
}

'use client'

import { TagFields } from '#components/create-key/tag-fields.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/input.tsx'
import { PickList } from './pick-list.tsx'

/** A managed policy that can be chosen. */
export type PolicyChoice = { readonly name: string; readonly arn: string }

export type Permissions = {
  readonly policies: readonly string[]
  readonly boundary: string
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

type PermissionFieldsProps = {
  choices: readonly PolicyChoice[]
  /** Who gets the policies. */
  help: string
  draft: Permissions
  set: (part: Partial<Permissions>) => void
}

/** What a new user or role may do from the beginning, and its tags. */
export function PermissionFields({ choices, help, draft, set }: PermissionFieldsProps) {
  return (
    <>
      <PickList
        legend="Policies"
        help={`${help} An inline policy can be added afterwards.`}
        items={choices.map(({ name, arn }) => ({ id: arn, label: name }))}
        none="No managed policies to choose from."
        chosen={draft.policies}
        onChange={(policies) => set({ policies })}
      />
      <Field
        label="Permissions boundary"
        help="What this policy does not allow, no identity policy can."
        optional
        className="max-w-96"
      >
        {(control) => (
          <Select
            {...control}
            value={draft.boundary}
            onChange={(event) => set({ boundary: event.target.value })}
          >
            <option value="">No boundary</option>
            {choices.map(({ name, arn }) => (
              <option key={arn} value={arn}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <TagFields tags={draft.tags} onChange={(tags) => set({ tags })} />
    </>
  )
}

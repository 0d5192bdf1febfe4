'use client'

import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { KeyMetadata } from '#lib/console/outputs.ts'
import type { Scope } from '#lib/console/paths.ts'
import { GranteePart, type PartProps, typed } from './grantee-part.tsx'
import { ConstraintPart, OperationsPart } from './terms-part.tsx'

type GrantFieldsProps = PartProps & {
  scope: Scope
  self: string
  of: Pick<KeyMetadata, 'KeySpec' | 'KeyUsage'>
  /** What the grant will do, once that can be said. */
  sentence: string | undefined
}

/** Everything one says of a new grant, and what it comes to. */
export function GrantFields({ scope, self, of, sentence, ...part }: GrantFieldsProps) {
  const { draft, faults, update } = part
  return (
    <>
      <GranteePart scope={scope} self={self} {...part} />
      <OperationsPart of={of} {...part} />
      <ConstraintPart of={of} {...part} />
      <Field
        label="Retiring principal"
        optional={draft.kind !== 'service'}
        help="Who may give the grant back when its work is done: user/name, an ARN, or a service’s name."
        error={faults.retiring}
      >
        {(control) => (
          <Input
            {...control}
            {...typed}
            value={draft.retiring}
            onChange={(event) => update({ retiring: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Name"
        optional
        help="Same name + same content returns the existing grant, so retries are safe."
        error={faults.name}
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={256}
            value={draft.name}
            onChange={(event) => update({ name: event.target.value })}
          />
        )}
      </Field>
      <p aria-live="polite" className="border-s-2 border-ink ps-3 text-body break-words">
        {sentence ?? 'Choose who gets the grant, and its operations.'}
      </p>
    </>
  )
}

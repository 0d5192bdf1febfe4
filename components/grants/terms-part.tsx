'use client'

import { ContextEditor } from '#components/playground/context-editor.tsx'
import { contextOf } from '#components/playground/context-pairs.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { FieldError, FieldGroup } from '#components/ui/field.tsx'
import { RadioTiles, type Tile } from '#components/ui/radio-tiles.tsx'
import type { KeyMetadata } from '#lib/console/outputs.ts'
import { GRANT_LIMITS, grantOperationsOf } from '#lib/domain/grant.ts'
import { ContextTester } from './context-tester.tsx'
import { type ConstraintKind, constraintsOf } from './grant-draft.ts'
import type { PartProps } from './grantee-part.tsx'

type Props = PartProps & { of: Pick<KeyMetadata, 'KeySpec' | 'KeyUsage'> }

/** What the grantee may do: the operations that a key of this kind has. */
export function OperationsPart({ of, draft, faults, update }: Props) {
  const { operations } = draft
  const possible = grantOperationsOf(of.KeySpec, of.KeyUsage)
  return (
    <FieldGroup
      legend="Operations"
      help="What a grant on a key of this kind may contain."
      error={faults.operations}
    >
      <ul className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
        {possible.map((name) => (
          <li key={name}>
            <Checkbox
              label={name}
              checked={operations.includes(name)}
              onChange={({ target }) =>
                update({
                  // In the list's order, whatever was ticked first.
                  operations: possible.filter((one) =>
                    one === name ? target.checked : operations.includes(one),
                  ),
                })
              }
            />
          </li>
        ))}
      </ul>
    </FieldGroup>
  )
}

function tiles(takesContext: boolean): Tile<ConstraintKind>[] {
  const without = takesContext ? {} : { reason: 'Only a symmetric encryption key has an encryption context.' }
  return [
    { value: 'none', label: 'None', help: 'Any request of these operations.' },
    {
      value: 'subset',
      label: 'Includes',
      help: 'The request’s context has these pairs, and may have more.',
      ...without,
    },
    {
      value: 'equals',
      label: 'Equals',
      help: 'The request’s context has these pairs and no others.',
      ...without,
    },
  ]
}

/** For which requests it holds. */
export function ConstraintPart({ of, draft, faults, update }: Props) {
  const { constraint, pairs } = draft
  const constraints = constraintsOf(draft)
  return (
    <>
      <RadioTiles
        legend="Constraint on the encryption context"
        help={`Up to ${GRANT_LIMITS.contextPairs} pairs; a value has at most ${GRANT_LIMITS.contextValue} characters. DescribeKey and RetireGrant have no context: it doesn’t restrict them.`}
        tiles={tiles(of.KeySpec === 'SYMMETRIC_DEFAULT')}
        columns={1}
        value={constraint}
        onChange={(next) => update({ constraint: next })}
      />
      {constraint !== 'none' && (
        <div className="space-y-3">
          <div>
            <ContextEditor
              legend="Pairs"
              help="Names are compared without regard to case, values exactly. Not secret: they stand in the audit log."
              pairs={pairs}
              onChange={(next) => update({ pairs: next })}
            />
            {faults.constraint && <FieldError>{faults.constraint}</FieldError>}
          </div>
          {constraints && contextOf(pairs) && <ContextTester constraints={constraints} />}
        </div>
      )}
    </>
  )
}

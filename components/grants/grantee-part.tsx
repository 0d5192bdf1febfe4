'use client'

import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { RadioTiles, type Tile } from '#components/ui/radio-tiles.tsx'
import type { Scope } from '#lib/console/paths.ts'
import type { GrantDraft, GranteeKind, GrantFaults } from './grant-draft.ts'
import { GranteeField } from './grantee-field.tsx'

const KINDS: readonly Tile<GranteeKind>[] = [
  { value: 'identity', label: 'An identity', help: 'A user of your account, or all of it.' },
  { value: 'arn', label: 'By ARN', help: 'Anybody else: another account, or one of its users or roles.' },
  {
    value: 'service',
    label: 'An AWS service',
    help: 'For one resource, and with somebody who can retire it.',
  },
]

export type PartProps = {
  draft: GrantDraft
  faults: GrantFaults
  update: (part: Partial<GrantDraft>) => void
}

export const typed = { mono: true, autoComplete: 'off', spellCheck: false } as const

/** Who gets the grant. */
export function GranteePart({
  scope,
  self,
  draft,
  faults,
  update,
}: PartProps & { scope: Scope; self: string }) {
  const { kind, grantee, sourceArn } = draft
  const give = (value: string) => update({ grantee: { ...grantee, [kind]: value } })
  return (
    <>
      <RadioTiles
        legend="Who gets the grant"
        tiles={KINDS}
        columns={1}
        value={kind}
        onChange={(next) => update({ kind: next })}
      />
      {kind === 'identity' && (
        <GranteeField
          account={scope.account}
          self={self}
          chosen={grantee.identity}
          error={faults.grantee}
          onChoose={give}
        />
      )}
      {kind === 'arn' && (
        <Field
          label="ARN of the grantee"
          help="Of a user, a role or an account’s root: arn:aws:iam::444455556666:user/worker"
          error={faults.grantee}
        >
          {(control) => (
            <Input
              {...control}
              {...typed}
              value={grantee.arn}
              onChange={(event) => give(event.target.value)}
            />
          )}
        </Field>
      )}
      {kind === 'service' && (
        <>
          <Field label="Service" help="Its name, such as sqs.amazonaws.com." error={faults.grantee}>
            {(control) => (
              <Input
                {...control}
                {...typed}
                className="max-w-96"
                value={grantee.service}
                onChange={(event) => give(event.target.value)}
              />
            )}
          </Field>
          <Field
            label="Source ARN"
            help="The resource that the service acts for. The grant holds for this one alone."
            error={faults.sourceArn}
          >
            {(control) => (
              <Input
                {...control}
                {...typed}
                value={sourceArn}
                onChange={(event) => update({ sourceArn: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
    </>
  )
}

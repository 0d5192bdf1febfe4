'use client'

import { PickList } from '#app/[account]/identities/_parts/pick-list.tsx'
import { PolicyArea } from '#app/[account]/identities/_parts/policy-area.tsx'
import { Field, FieldError } from '#components/ui/field.tsx'
import { Input, Select } from '#components/ui/input.tsx'
import { RadioTiles, type Tile } from '#components/ui/radio-tiles.tsx'
import { principalLabel } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { RoleDraft, TrustKind } from './role-draft.ts'

const TILES: readonly Tile<TrustKind>[] = [
  { value: 'principals', label: 'Users and roles of this account', help: 'People or programs you know.' },
  { value: 'account', label: 'Another account', help: 'Its administrators decide who of theirs.' },
  { value: 'service', label: 'A service', help: 'Named like ec2.amazonaws.com.' },
  {
    value: 'provider',
    label: 'An identity provider',
    help: 'Holders of its tokens, such as a build system.',
  },
  { value: 'json', label: 'JSON', help: 'Anything that a trust policy can say.' },
]

type TrustFieldsProps = {
  scope: Scope
  draft: RoleDraft
  set: (part: Partial<RoleDraft>) => void
  fault: string | undefined
  principals: readonly string[]
  providers: readonly string[]
  /** The policy that the choice amounts to: where JSON goes on from. */
  text: string
}

/** Who may assume the role. */
export function TrustFields(props: TrustFieldsProps) {
  const { scope, draft, set, fault, principals, providers, text } = props
  return (
    <>
      <RadioTiles
        legend="Who may assume it"
        tiles={TILES}
        value={draft.trust}
        onChange={(trust) => set({ trust, ...(trust === 'json' && { json: text }) })}
      />
      {draft.trust === 'principals' && (
        <PickList
          legend="Trusted users and roles"
          items={principals.map((arn) => ({ id: arn, label: principalLabel(arn) }))}
          none="No users or roles to choose from. Write the policy as JSON."
          chosen={draft.principals}
          onChange={(chosen) => set({ principals: chosen })}
          error={fault}
        />
      )}
      {draft.trust === 'account' && <AccountFields draft={draft} set={set} fault={fault} />}
      {draft.trust === 'service' && (
        <Field label="Service" error={fault} className="max-w-96">
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              spellCheck={false}
              value={draft.service}
              onChange={(event) => set({ service: event.target.value })}
            />
          )}
        </Field>
      )}
      {draft.trust === 'provider' && (
        <ProviderFields draft={draft} set={set} fault={fault} providers={providers} />
      )}
      {draft.trust === 'json' && (
        <div>
          <PolicyArea
            scope={scope}
            purpose="trust"
            label="Trust policy"
            help="JSON. It says who may assume the role, and when."
            value={draft.json}
            onChange={(json) => set({ json })}
            onSave={() => undefined}
          />
          {fault && <FieldError>{fault}</FieldError>}
        </div>
      )}
    </>
  )
}

type PartProps = Pick<TrustFieldsProps, 'draft' | 'set' | 'fault'>

function AccountFields({ draft, set, fault }: PartProps) {
  return (
    <div className="grid max-w-form gap-4 sm:grid-cols-2">
      <Field label="Account ID" error={fault}>
        {(control) => (
          <Input
            {...control}
            mono
            inputMode="numeric"
            autoComplete="off"
            maxLength={12}
            value={draft.account}
            onChange={(event) => set({ account: event.target.value })}
          />
        )}
      </Field>
      <Field label="External ID" help="For a third party that acts for many." optional>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            value={draft.externalId}
            onChange={(event) => set({ externalId: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}

function ProviderFields({ draft, set, fault, providers }: PartProps & { providers: readonly string[] }) {
  return (
    <div className="max-w-form space-y-4">
      <Field
        label="Identity provider"
        help={providers.length === 0 ? 'There is none in this account.' : undefined}
        error={fault}
      >
        {(control) => (
          <Select
            {...control}
            value={draft.provider}
            onChange={(event) => set({ provider: event.target.value })}
          >
            <option value="">Choose a provider</option>
            {providers.map((arn) => (
              <option key={arn} value={arn}>
                {arn.split('oidc-provider/').at(-1)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Audience" help="The token’s aud." optional>
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              value={draft.audience}
              onChange={(event) => set({ audience: event.target.value })}
            />
          )}
        </Field>
        <Field label="Subject" help="The token’s sub." optional>
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              value={draft.subject}
              onChange={(event) => set({ subject: event.target.value })}
            />
          )}
        </Field>
      </div>
    </div>
  )
}

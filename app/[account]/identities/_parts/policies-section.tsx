'use client'

import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { MenuItem } from '#components/ui/menu.tsx'
import type { RefusalView } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { ChoosePolicy } from './attach-policy.tsx'
import { ConfirmRequest } from './confirm-request.tsx'
import { attachPolicy, deletePolicy, detachPolicy, type Holder, LIST_OF } from './holders.ts'
import { ListTable } from './list-table.tsx'
import { RowMenu } from './row-menu.tsx'

export type HeldPolicy =
  | { readonly kind: 'managed'; readonly name: string; readonly arn: string }
  | { readonly kind: 'inline'; readonly name: string }

export type HeldPolicies = {
  readonly policies: readonly HeldPolicy[]
  readonly refusal?: RefusalView | undefined
}

type PoliciesSectionProps = { scope: Scope; holder: Holder; held: HeldPolicies }

/** The policies of a user, group or role: those that are attached, and those that are written into it. */
export function PoliciesSection({ scope, holder, held }: PoliciesSectionProps) {
  const [attaching, setAttaching] = useState(false)
  const [removing, setRemoving] = useState<HeldPolicy>()
  const { policies, refusal } = held
  const list = LIST_OF[holder.kind]
  const inlineHref = (name?: string) =>
    paths.identityPart(scope.account, list, holder.name, 'policy', name === undefined ? {} : { policy: name })
  const hrefOf = (policy: HeldPolicy) =>
    policy.kind === 'managed'
      ? paths.identity(scope.account, 'policies', policy.name)
      : inlineHref(policy.name)
  const attached = policies.flatMap((policy) => (policy.kind === 'managed' ? [policy.arn] : []))
  return (
    <Section
      title="Policies"
      fact={refusal ? undefined : `${attached.length} attached, ${policies.length - attached.length} inline`}
      actions={
        <>
          <Button onClick={() => setAttaching(true)}>Attach policy</Button>
          <LinkButton href={inlineHref()}>Add inline policy</LinkButton>
        </>
      }
    >
      {refusal && <ErrorState what={`The policies of ${holder.name} couldn’t be read.`} refusal={refusal} />}
      {!refusal && policies.length === 0 && (
        <EmptyState>
          <p>
            No policy of its own. {holder.kind === 'group' ? 'Members' : holder.name} can do what{' '}
            {holder.kind === 'user' && 'groups, '}key policies and grants allow, and nothing else.
          </p>
        </EmptyState>
      )}
      {policies.length > 0 && (
        <ListTable
          caption={`Policies of ${holder.name}`}
          head="Policy"
          rows={policies}
          nameOf={({ name }) => name}
          hrefOf={hrefOf}
          columns={[
            { head: 'Kind', cell: ({ kind }) => (kind === 'managed' ? 'Managed' : 'Inline'), narrow: 'end' },
          ]}
          menu={(policy) => (
            <RowMenu name={policy.name}>
              <MenuItem href={hrefOf(policy)}>{policy.kind === 'managed' ? 'Open' : 'Edit'}</MenuItem>
              <MenuItem danger onSelect={() => setRemoving(policy)}>
                {policy.kind === 'managed' ? 'Detach' : 'Delete'}
              </MenuItem>
            </RowMenu>
          )}
        />
      )}
      {attaching && (
        <ChoosePolicy
          scope={scope}
          title={`Attach a policy to ${holder.name}`}
          description="A managed policy can be attached to many, and changes for all of them."
          submit="Attach policy"
          done={`A policy is attached to ${holder.name}.`}
          requestFor={(arn) => attachPolicy(holder, arn)}
          without={attached}
          onClose={() => setAttaching(false)}
        />
      )}
      {removing && (
        <RemovePolicy
          scope={scope}
          holder={holder}
          policy={removing}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Section>
  )
}

type RemovePolicyProps = { scope: Scope; holder: Holder; policy: HeldPolicy; onClose: () => void }

function RemovePolicy({ scope, holder, policy, onClose }: RemovePolicyProps) {
  const managed = policy.kind === 'managed'
  return (
    <ConfirmRequest
      scope={scope}
      request={managed ? detachPolicy(holder, policy.arn) : deletePolicy(holder, policy.name)}
      title={
        managed ? `Detach ${policy.name} from ${holder.name}` : `Delete ${policy.name} of ${holder.name}`
      }
      confirm={managed ? 'Detach policy' : 'Delete policy'}
      pendingLabel={managed ? 'Detaching…' : 'Deleting…'}
      danger
      done={managed ? `${policy.name} is detached from ${holder.name}.` : `${policy.name} is deleted.`}
      failed={managed ? 'The policy was not detached.' : 'The policy was not deleted.'}
      onClose={onClose}
    >
      <p>
        {holder.kind === 'group' ? `The members of ${holder.name} lose` : `${holder.name} loses`} what only
        this policy allows, with the next call. {managed ? 'The policy itself stays.' : 'Its text is gone.'}
      </p>
    </ConfirmRequest>
  )
}

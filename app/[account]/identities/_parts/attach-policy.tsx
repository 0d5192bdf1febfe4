'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import type { CodeRequest } from '#lib/console/snippets.ts'
import { useRequest } from './use-request.ts'

type ChoosePolicyProps = {
  scope: Scope
  /** "Attach a policy to alice". */
  title: string
  description: string
  submit: string
  done: string
  requestFor: (arn: string) => CodeRequest
  /** ARNs that are not offered: they are attached already. */
  without?: readonly string[]
  onClose: () => void
}

/** Asks for one of the account's managed policies, and does with it what `requestFor` says. */
export function ChoosePolicy(props: ChoosePolicyProps) {
  const { scope, title, description, submit, done, requestFor, without = [], onClose } = props
  const [arn, setArn] = useState('')
  const { data, error } = useQuery(
    read(scope.account, undefined, 'ListPolicies', { Scope: 'Local', MaxItems: 1000 }),
  )
  const mutation = useRequest({ account: scope.account, done, after: onClose })
  const offered = data?.Policies.filter(({ Arn }) => !without.includes(Arn))
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={description}>
      {error && <ErrorState what="The policies couldn’t be listed." refusal={refusalIn(error)} />}
      {!data && !error && <Skeleton className="late w-2/3" />}
      {offered?.length === 0 && (
        <EmptyState
          actions={<LinkButton href={paths.newIdentity(scope.account, 'policies')}>Create policy</LinkButton>}
        >
          <p>There is no further managed policy in this account.</p>
        </EmptyState>
      )}
      {offered && offered.length > 0 && (
        <>
          <MutationForm
            mutation={mutation}
            values={() => (arn === '' ? undefined : requestFor(arn))}
            submit={submit}
            submitPending="Saving…"
            reason={arn === '' ? 'Choose a policy first.' : undefined}
          >
            <Field label="Policy">
              {(control) => (
                <Select {...control} autoFocus value={arn} onChange={(event) => setArn(event.target.value)}>
                  <option value="">Choose a policy</option>
                  {offered.map((policy) => (
                    <option key={policy.Arn} value={policy.Arn}>
                      {policy.PolicyName}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </MutationForm>
          <div className="mt-4">
            <RequestCode scope={scope} requests={[requestFor(arn || '<policy ARN>')]} />
          </div>
        </>
      )}
    </Dialog>
  )
}

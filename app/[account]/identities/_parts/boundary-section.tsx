'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { ChoosePolicy } from './attach-policy.tsx'
import { ConfirmRequest } from './confirm-request.tsx'
import { type Holder, setBoundary } from './holders.ts'

type BoundarySectionProps = { scope: Scope; holder: Holder; boundary: string | undefined }

/** The managed policy that says what a user or role may do at most. */
export function BoundarySection({ scope, holder, boundary }: BoundarySectionProps) {
  const [asked, setAsked] = useState<'set' | 'remove'>()
  const name = boundary?.split('/').at(-1) ?? ''
  const close = () => setAsked(undefined)
  return (
    <Section
      title="Permissions boundary"
      actions={
        <>
          <Button onClick={() => setAsked('set')}>{boundary ? 'Change boundary' : 'Set boundary'}</Button>
          {boundary && <Button onClick={() => setAsked('remove')}>Remove boundary</Button>}
        </>
      }
    >
      {boundary ? (
        <p className="text-table">
          <Link className="link break-all" href={paths.identity(scope.account, 'policies', name)}>
            {name}
          </Link>{' '}
          says what {holder.name} may do at most. It allows nothing by itself.
        </p>
      ) : (
        <Hint>No boundary. What its policies allow is allowed, within the guardrails of the account.</Hint>
      )}
      {asked === 'set' && (
        <ChoosePolicy
          scope={scope}
          title={`Set the boundary of ${holder.name}`}
          description="What this policy does not allow, no identity policy can."
          submit="Set boundary"
          done={`The boundary of ${holder.name} is set.`}
          requestFor={(arn) => setBoundary(holder, arn)}
          onClose={close}
        />
      )}
      {asked === 'remove' && (
        <ConfirmRequest
          scope={scope}
          request={setBoundary(holder, undefined)}
          title={`Remove the boundary of ${holder.name}`}
          confirm="Remove boundary"
          pendingLabel="Removing…"
          danger
          done={`${holder.name} has no boundary any more.`}
          failed="The boundary was not removed."
          onClose={close}
        >
          <p>
            {holder.name} can then do everything that its policies allow, also what {name} has kept from it.
          </p>
        </ConfirmRequest>
      )}
    </Section>
  )
}

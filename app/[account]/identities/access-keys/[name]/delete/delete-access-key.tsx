'use client'

import { useRouter } from 'next/navigation'
import { useTypedName } from '#app/[account]/identities/_parts/typed-name.tsx'
import { useRequest } from '#app/[account]/identities/_parts/use-request.ts'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'

type DeleteAccessKeyProps = { scope: Scope; id: string; user: string | undefined }

/** Confirmation level 3: the end of the id, typed. */
export function DeleteAccessKey({ scope, id, user }: DeleteAccessKeyProps) {
  const router = useRouter()
  const confirmation = useTypedName(id.slice(-8))
  const back =
    user === undefined
      ? paths.identities(scope.account, 'access-keys')
      : paths.identity(scope.account, 'users', user)
  const mutation = useRequest({
    account: scope.account,
    done: `${id} is deleted.`,
    after: () => router.push(back),
  })
  const request = {
    name: 'DeleteAccessKey',
    input: { ...(user !== undefined && { UserName: user }), AccessKeyId: id },
  } as const
  return (
    <>
      <MutationForm
        mutation={mutation}
        values={() => (confirmation.confirmed() ? request : undefined)}
        danger
        submit="Delete access key"
        submitPending="Deleting…"
        effect="Calls that are signed with it fail from now on."
        cancel={
          <LinkButton size="form" href={back}>
            Cancel
          </LinkButton>
        }
      >
        {confirmation.field}
      </MutationForm>
      <div className="mt-4">
        <RequestCode scope={scope} requests={[request]} />
      </div>
    </>
  )
}

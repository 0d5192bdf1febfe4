import type { Metadata } from 'next'
import { NOTHING } from '#app/[account]/identities/_parts/delete-holder.ts'
import { tryAsk } from '#lib/console/engine.ts'
import { crumbsOf } from '../../../crumbs.ts'
import { DeletePrincipal } from '../../../delete-page.tsx'
import { loadScope, nameIn } from '../../../load.ts'
import { Refused } from '../../../refused.tsx'
import { loadParts } from '../load-user.ts'

export const metadata: Metadata = { title: 'Delete user' }

export default async function DeleteUserPage({ params }: { params: Promise<{ name: string }> }) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const [{ output, refusal }, parts] = await Promise.all([
    tryAsk('GetUser', { UserName: name }),
    loadParts(name),
  ])
  if (refusal) {
    const crumbs = crumbsOf(scope.account, 'users', name, 'Delete')
    return (
      <Refused
        crumbs={crumbs}
        title={`Delete user ${name}`}
        what="This user can’t be shown."
        refusal={refusal}
      />
    )
  }
  return (
    <DeletePrincipal
      scope={scope}
      holder={{ kind: 'user', name }}
      arn={output.User.Arn}
      hanging={{
        ...NOTHING,
        policies: parts.held.policies,
        groups: parts.groups.output ?? [],
        accessKeys: parts.accessKeys.keys.map(({ id }) => id),
        devices: (parts.devices.output ?? []).map(({ SerialNumber }) => SerialNumber),
        password: Boolean(parts.login.profile),
      }}
    />
  )
}

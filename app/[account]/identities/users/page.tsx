import type { Metadata } from 'next'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied } from '#lib/console/messages.ts'
import { crumbsOf } from '../crumbs.ts'
import { loadScope } from '../load.ts'
import { Refused } from '../refused.tsx'
import { credentialsInput } from './credentials-input.ts'
import { OwnProfile } from './own-profile.tsx'
import { UsersView } from './users-view.tsx'

export const metadata: Metadata = { title: 'Users' }

export default async function UsersPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[] }>
}) {
  const { scope, session } = await loadScope()
  const { q } = await searchParams
  const input = credentialsInput(typeof q === 'string' ? q : '')
  const { output, refusal } = await tryAsk('ListCredentials', input)
  if (output) return <UsersView scope={scope} first={{ input, output }} />
  return (
    <>
      <Refused
        crumbs={crumbsOf(scope.account, 'users')}
        title="Users"
        what="You can’t list the users of this account."
        refusal={refusal}
      />
      {isDenied(refusal) && <OwnProfile principal={session.principal} />}
    </>
  )
}

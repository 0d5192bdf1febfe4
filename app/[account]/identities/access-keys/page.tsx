import type { Metadata } from 'next'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied } from '#lib/console/messages.ts'
import { crumbsOf } from '../crumbs.ts'
import { loadScope } from '../load.ts'
import { Refused } from '../refused.tsx'
import { credentialsInput } from '../users/credentials-input.ts'
import { OwnProfile } from '../users/own-profile.tsx'
import { AccessKeysView } from './access-keys-view.tsx'

export const metadata: Metadata = { title: 'Access keys' }

type Props = { searchParams: Promise<{ q?: string | string[] }> }

export default async function AccessKeysPage({ searchParams }: Props) {
  const { scope, session } = await loadScope()
  const { q } = await searchParams
  const input = credentialsInput(typeof q === 'string' ? q : '')
  const { output, refusal } = await tryAsk('ListCredentials', input)
  if (output) return <AccessKeysView scope={scope} first={{ input, output }} />
  return (
    <>
      <Refused
        crumbs={crumbsOf(scope.account, 'access-keys')}
        title="Access keys"
        what="You can’t list the access keys of this account."
        refusal={refusal}
      />
      {isDenied(refusal) && <OwnProfile principal={session.principal} />}
    </>
  )
}

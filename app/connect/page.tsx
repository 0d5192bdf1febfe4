import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { SignedFrame, scopeOf } from '#app/_frame/signed-frame.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { SCOPE_COOKIE } from '#lib/console/scope.ts'
import { requireSession } from '#lib/console/session.ts'
import { Connect } from './connect.tsx'

export const metadata: Metadata = { title: 'Connect an app' }

export default async function ConnectPage() {
  const session = await requireSession()
  const scope = scopeOf(session, (await cookies()).get(SCOPE_COOKIE)?.value)
  const { output, refusal } = await tryAsk('Capabilities', {}, { region: scope.region })
  return (
    <SignedFrame session={session}>
      <PageHeader title="Connect an app" fact={output && `Keyhouse ${output.Version}`} />
      {refusal ? (
        <ErrorState what="The endpoint couldn’t be read." refusal={refusal} />
      ) : (
        <Connect
          scope={scope}
          regions={session.regions}
          endpoint={output.Endpoint}
          since={Date.now() / 1000}
        />
      )}
    </SignedFrame>
  )
}

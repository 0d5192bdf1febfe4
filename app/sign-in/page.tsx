import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { PlainPage } from '#app/_frame/plain.tsx'
import { SignInWithProvider } from '#components/sign-in/sign-in-with-provider.tsx'
import { desk } from '#lib/console/desk.ts'
import { paths, safeNext } from '#lib/console/paths.ts'
import { readScope, SCOPE_COOKIE } from '#lib/console/scope.ts'
import { signedInHere } from '#lib/console/session.ts'
import { signInProvider } from '#lib/console/sign-in-provider.ts'
import { LabIdentities } from './lab-identities.tsx'
import { SignInHere } from './sign-in-here.tsx'
import { SignedInAlready } from './signed-in-already.tsx'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[]; error?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { next, error } = await searchParams
  const [sessions, provider] = await Promise.all([signedInHere(), signInProvider()])
  if (sessions.length === 0) {
    // The desk's answer is ours: { setUp }.
    const { setUp } = (await desk('/desk/setup-state', {}, {})) as { setUp: boolean }
    if (!setUp) redirect(paths.firstRun())
  }
  const last = readScope((await cookies()).get(SCOPE_COOKIE)?.value)
  const target = safeNext(typeof next === 'string' ? next : undefined) ?? paths.home()
  return (
    <PlainPage>
      <h1 className="text-page">{sessions.length > 0 ? 'Add another identity' : 'Sign in'}</h1>
      {sessions.length > 0 && <SignedInAlready sessions={sessions} next={target} />}
      {sessions.length > 0 && <LabIdentities next={target} />}
      <SignInHere account={last?.account ?? ''} next={target} />
      {provider && (
        <SignInWithProvider
          name={provider.name}
          next={target}
          again={sessions.length > 0}
          {...(typeof error === 'string' && { error })}
        />
      )}
    </PlainPage>
  )
}

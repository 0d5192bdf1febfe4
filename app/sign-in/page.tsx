import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { PlainPage } from '#app/_frame/plain.tsx'
import { desk } from '#lib/console/desk.ts'
import { paths, safeNext } from '#lib/console/paths.ts'
import { readScope, SCOPE_COOKIE } from '#lib/console/scope.ts'
import { currentSession } from '#lib/console/session.ts'
import { SignInForm } from './sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams
  const session = await currentSession()
  if (!session) {
    // The desk's answer is ours: { setUp }.
    const { setUp } = (await desk('/desk/setup-state', {}, {})) as { setUp: boolean }
    if (!setUp) redirect(paths.firstRun())
  }
  const last = readScope((await cookies()).get(SCOPE_COOKIE)?.value)
  return (
    <PlainPage>
      <h1 className="text-page">Sign in</h1>
      {session && (
        <p className="mt-1 text-table text-text2">
          You’re signed in as {session.principal.name} in {session.principal.account}. Signing in again
          replaces that.
        </p>
      )}
      <SignInForm
        account={last?.account ?? ''}
        next={safeNext(typeof next === 'string' ? next : undefined) ?? paths.home()}
      />
    </PlainPage>
  )
}

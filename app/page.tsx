import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { desk } from '#lib/console/desk.ts'
import { paths } from '#lib/console/paths.ts'
import { SCOPE_COOKIE } from '#lib/console/scope.ts'
import { currentSession } from '#lib/console/session.ts'
import { scopeOf } from './_frame/signed-frame.tsx'

/** Where someone who types the bare address is led: the last scope, sign-in, or first run. */
export default async function HomePage() {
  const session = await currentSession()
  if (session) redirect(paths.keys(scopeOf(session, (await cookies()).get(SCOPE_COOKIE)?.value)))
  // The desk's answer is ours: { setUp }.
  const { setUp } = (await desk('/desk/setup-state', {}, {})) as { setUp: boolean }
  redirect(setUp ? paths.signIn() : paths.firstRun())
}

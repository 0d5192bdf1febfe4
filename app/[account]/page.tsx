import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { scopeOf } from '#app/_frame/signed-frame.tsx'
import { paths } from '#lib/console/paths.ts'
import { SCOPE_COOKIE } from '#lib/console/scope.ts'
import { requireSession } from '#lib/console/session.ts'

export default async function AccountPage() {
  const session = await requireSession()
  redirect(paths.keys(scopeOf(session, (await cookies()).get(SCOPE_COOKIE)?.value)))
}

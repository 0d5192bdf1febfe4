import { redirect } from 'next/navigation'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'

export default async function IdentitiesPage() {
  redirect(paths.identities((await requireSession()).principal.account))
}

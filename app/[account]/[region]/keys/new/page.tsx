import { redirect } from 'next/navigation'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'

export default async function NewKeyPage({
  params,
}: {
  params: Promise<{ account: string; region: string }>
}) {
  await requireSession()
  redirect(paths.newKey(await params))
}

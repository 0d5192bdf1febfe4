import { redirect } from 'next/navigation'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'
import type { KeyProps } from './key.ts'

export default async function KeyPage({ params }: KeyProps) {
  await requireSession()
  const { account, region, keyId } = await params
  redirect(paths.key({ account, region }, decodeURIComponent(keyId)))
}

import { redirect } from 'next/navigation'
import { paths } from '#lib/console/paths.ts'
import type { KeyProps } from '../key.ts'

export default async function ImportPage({ params }: KeyProps) {
  const { account, region, keyId } = await params
  redirect(paths.importMaterial({ account, region }, decodeURIComponent(keyId)))
}

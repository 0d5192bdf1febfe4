import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PlainPage } from '#app/_frame/plain.tsx'
import { desk } from '#lib/console/desk.ts'
import { paths } from '#lib/console/paths.ts'
import { FirstRun } from './first-run.tsx'

export const metadata: Metadata = { title: 'First run' }

export default async function FirstRunPage() {
  // The desk's answer is ours: { setUp }.
  const { setUp } = (await desk('/desk/setup-state', {}, {})) as { setUp: boolean }
  if (setUp) redirect(paths.signIn())
  return (
    <PlainPage wide>
      <FirstRun />
    </PlainPage>
  )
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PlainPage } from '#app/_frame/plain.tsx'
import { paths, safeNext } from '#lib/console/paths.ts'
import { currentSession, type Duty } from '#lib/console/session.ts'
import { FinishSignIn } from './finish-sign-in.tsx'
import { SignOutButton } from './sign-out-button.tsx'

export const metadata: Metadata = { title: 'Before you go on' }

const TITLES: Record<Duty, string> = {
  'new-password': 'Choose a new password',
  'set-up-factor': 'Set up a second factor',
  'show-factor': 'Show your second factor',
}
const WHY: Record<Duty, string> = {
  'new-password': 'Somebody else chose the password that you signed in with. From now on only you know it.',
  'set-up-factor': 'This installation asks for a second factor from everyone who signs in.',
  'show-factor': 'This installation asks for a second factor, and this session began without.',
}

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function FinishPage({ searchParams }: Props) {
  const session = await currentSession()
  const { next } = await searchParams
  const target = safeNext(typeof next === 'string' ? next : undefined) ?? paths.home()
  if (!session) redirect(paths.signIn(target))
  if (session.duty === null) redirect(target)
  const { name, account } = session.principal
  return (
    <PlainPage>
      <h1 className="text-page">{TITLES[session.duty]}</h1>
      <p className="mt-1 mb-5 text-table text-text2">
        You’re signed in as {name} in {account}. {WHY[session.duty]}
      </p>
      <FinishSignIn duty={session.duty} who={`${name}@${account}`} />
      <div className="mt-8 border-t border-line pt-4">
        <SignOutButton />
      </div>
    </PlainPage>
  )
}

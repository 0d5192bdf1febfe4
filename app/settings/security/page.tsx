import type { Metadata } from 'next'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { PageHeader, Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { deskVerb, tryAsk } from '#lib/console/engine.ts'
import { type CurrentSession, requireSession } from '#lib/console/session.ts'
import { InstallationSettings } from './installation-settings.tsx'
import { Password } from './password.tsx'
import { type OwnSignIn, SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'

export const metadata: Metadata = { title: 'Your sign-in · Security' }

async function SignIn({ session }: { session: CurrentSession }) {
  const { kind, name, account } = session.principal
  if (kind !== 'user')
    return <Hint className="mb-7">You act as a role. Switch back to change how you sign in.</Hint>
  // The desk's answer is ours: GetOwnSignIn's output.
  const own = (await deskVerb('own-sign-in', {}, { reading: true })) as OwnSignIn
  return (
    <>
      <Section title="Second factor" fact={own.MFADevices.length > 0 ? 'On' : 'Off'}>
        <SecondFactor own={own} who={`${name}@${account}`} />
      </Section>
      <Section title="Password">
        <Password />
      </Section>
    </>
  )
}

export default async function SecurityPage() {
  const session = await requireSession()
  const [sessions, settings] = await Promise.all([tryAsk('ListSessions', {}), tryAsk('GetSettings', {})])
  return (
    <SignedFrame session={session}>
      <PageHeader title="Your sign-in" fact={session.principal.name} />
      <div className="max-w-[860px]">
        <SignIn session={session} />
        {sessions.output ? (
          <Sessions account={session.principal.account} sessions={sessions.output.Sessions} />
        ) : (
          <ErrorState what="Your sessions couldn’t be read." refusal={sessions.refusal} />
        )}
        {settings.output && (
          <InstallationSettings account={session.principal.account} settings={settings.output.Settings} />
        )}
      </div>
    </SignedFrame>
  )
}

import type { SessionView } from '#lib/console/session.ts'
import { ContinueAs } from './continue-as.tsx'

/** Five on one browser: of more, the oldest ends. */
const MOST = 5

/** Who is signed in on this browser already. */
export function SignedInAlready({ sessions, next }: { sessions: readonly SessionView[]; next: string }) {
  return (
    <>
      <p className="mt-1 text-table text-text2">
        {sessions.length < MOST
          ? 'These stay signed in on this browser.'
          : `${MOST} are signed in on this browser. The one signed in longest ago will be signed out.`}
      </p>
      <ContinueAs sessions={sessions} next={next} />
    </>
  )
}

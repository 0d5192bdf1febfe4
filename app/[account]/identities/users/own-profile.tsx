import Link from 'next/link'
import { Section } from '#components/page-header.tsx'
import { paths } from '#lib/console/paths.ts'
import type { SessionView } from '#lib/console/session.ts'

/** For those who may not list others: their own. */
export function OwnProfile({ principal }: { principal: SessionView['principal'] }) {
  return (
    <div className="mt-6">
      <Section title="Your own profile and access keys">
        {principal.kind === 'user' ? (
          <p className="text-table">
            <Link className="link" href={paths.identity(principal.account, 'users', principal.name)}>
              {principal.name}
            </Link>{' '}
            is you. What you may read of yourself is on that page.{' '}
            <Link className="link" href={paths.security()}>
              Your password, second factor and sessions
            </Link>
          </p>
        ) : (
          <p className="text-table">You act as a {principal.kind}, which has no profile of a user.</p>
        )}
      </Section>
    </div>
  )
}

import { Time } from '#components/time.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import type { OutputOf } from '#lib/console/operations.ts'

type UserFactsProps = { user: OutputOf<'GetUser'>['User']; groups: readonly string[] | undefined }

/** What a user is. */
export function UserFacts({ user, groups }: UserFactsProps) {
  return (
    <Facts
      className="mb-7"
      facts={[
        { term: 'ARN', value: <Identifier value={user.Arn} name="ARN" /> },
        { term: 'User ID', value: <Identifier value={user.UserId} name="user ID" /> },
        { term: 'Path', value: <code className="break-all text-mono">{user.Path}</code> },
        { term: 'Created', value: <Time at={user.CreateDate} as="date" /> },
        ...(groups && groups.length > 0 ? [{ term: 'Groups', value: groups.join(', ') }] : []),
      ]}
    />
  )
}

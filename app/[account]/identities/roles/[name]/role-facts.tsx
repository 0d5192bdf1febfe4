import { Time } from '#components/time.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { formatSpan } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'

/** What a role is, and when it last did something. */
export function RoleFacts({ role }: { role: OutputOf<'GetRole'>['Role'] }) {
  const used = role.RoleLastUsed
  return (
    <Facts
      className="mb-7"
      facts={[
        { term: 'ARN', value: <Identifier value={role.Arn} name="ARN" /> },
        { term: 'Role ID', value: <Identifier value={role.RoleId} name="role ID" /> },
        { term: 'Path', value: <code className="break-all text-mono">{role.Path}</code> },
        { term: 'Created', value: <Time at={role.CreateDate} as="date" /> },
        { term: 'Longest session', value: formatSpan(role.MaxSessionDuration) },
        {
          term: 'Last used',
          value:
            'LastUsedDate' in used && used.LastUsedDate !== undefined ? (
              <>
                <Time at={used.LastUsedDate} /> in {used.Region}
              </>
            ) : (
              'Never'
            ),
        },
        ...(role.Description ? [{ term: 'Description', value: role.Description }] : []),
      ]}
    />
  )
}

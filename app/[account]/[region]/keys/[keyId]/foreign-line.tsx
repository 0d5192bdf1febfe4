import { Note } from '#components/ui/hint.tsx'
import { principalLabel } from '#lib/console/format.ts'
import type { KeyPlace } from './key.ts'

/** Whose key this is, where it is not of the account that is signed in (console 2.3). */
export function ForeignLine({ place: { scope, session } }: { place: KeyPlace }) {
  const { account, arn } = session.principal
  return (
    <Note tone="ink" className="mb-3 max-w-form">
      This key belongs to <code className="text-mono">{scope.account}</code>. You’re signed in as{' '}
      <span className="break-all">
        {account}/{principalLabel(arn)}
      </span>
      . Its own policy and your account’s policies decide together what you may do with it.
    </Note>
  )
}

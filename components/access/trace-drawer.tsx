'use client'

import Link from 'next/link'
import { Sheet } from '#components/ui/sheet.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { ExplainedAccess } from './explained.tsx'
import { principalName } from './trace-words.ts'

export type Traced = {
  readonly principal: string
  /** Without `kms:`. */
  readonly action: string
  readonly keyId: string
  readonly keyName: string
  /** The square that was pressed: focus goes back to it. */
  readonly opener: HTMLElement
}

/** The trace of one square. Escape closes it and focus returns to the square. */
export function TraceDrawer({
  scope,
  traced,
  onClose,
}: {
  scope: Scope
  traced: Traced | undefined
  onClose: () => void
}) {
  function close() {
    onClose()
    // After the drawer has let go of focus.
    setTimeout(() => traced?.opener.focus(), 0)
  }
  if (!traced) return null
  const { principal, action, keyId, keyName } = traced
  const question = { KeyId: keyId, PrincipalArn: principal, Action: `kms:${action}` }
  const again = { region: scope.region, key: keyId, principal, action: `kms:${action}` }
  return (
    <Sheet
      title={`${principalName(principal, scope.account)}: ${action} on ${keyName}`}
      open
      onOpenChange={(open) => !open && close()}
    >
      <div data-drawer className="px-4 pt-1 pb-6">
        <ExplainedAccess account={scope.account} region={scope.region} question={question} />
        <p className="mt-4 text-table">
          <Link href={paths.access(scope.account, again)} className="link">
            Ask this with an encryption context
          </Link>
        </p>
      </div>
    </Sheet>
  )
}

'use client'

import { useRouter } from 'next/navigation'
import { useOfflineReason } from '#components/connection.tsx'
import { Section } from '#components/page-header.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAction } from '#components/use-action.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { disableKey } from '../../actions.ts'
import type { DeedTarget } from '../../key-deeds.tsx'
import { ofKey } from '../requests.ts'

/** The step that can be taken back: what still uses the key then fails where one can see it. */
export function DisableInstead({
  scope,
  keyId,
  target,
  recommended,
}: {
  scope: Scope
  keyId: string
  target: DeedTarget
  recommended: boolean
}) {
  const router = useRouter()
  const offline = useOfflineReason()
  const mutation = useAction(disableKey, {
    account: scope.account,
    done: () => `${target.name} is disabled.`,
    after: () => router.push(paths.key(scope, keyId, 'activity')),
  })
  const form = { region: scope.region, key: target.reference }
  return (
    <Section
      title="Safer: disable and watch"
      fact={recommended ? 'Recommended: the key was used in the last 30 days' : undefined}
    >
      <p className="max-w-prose text-table text-text2">
        A disabled key refuses calls with DisabledException, which its Activity shows, and can be enabled
        again at any time. Delete it when nothing has asked for it.
      </p>
      {mutation.refusal && (
        <div className="mt-2">
          <MutationError refusal={mutation.refusal} what="The key was not disabled." />
        </div>
      )}
      <Button
        className="mt-2"
        size="form"
        variant={recommended ? 'primary' : 'secondary'}
        pending={mutation.pending}
        pendingLabel="Disabling…"
        reason={offline}
        onClick={() => void mutation.run(form)}
      >
        Disable key instead
      </Button>
      <div className="mt-3">
        <RequestCode scope={scope} requests={[{ name: 'DisableKey', input: ofKey(form) }]} />
      </div>
    </Section>
  )
}

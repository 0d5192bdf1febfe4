'use client'

import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { useAction } from '#components/use-action.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { granteeOf, grantTitle, keyIdOf, principalWords, type ShownGrant } from './grant-words.ts'

/** A key by its ARN, which both operations take, whoever's key it is. */
export type EndGrantForm = { readonly region: string; readonly key: string; readonly grant: string }
export type Ending = 'revoke' | 'retire'
/** The page's server actions. */
export type EndGrantCalls = Readonly<Record<Ending, (form: EndGrantForm) => Promise<ActionResult>>>

/** The difference, in one line each. */
export const ENDING_WORDS: Record<Ending, string> = {
  revoke: 'Revoke takes a grant away: for those who administer the key.',
  retire: 'Retire gives a grant back when its work is done: for those the grant itself names.',
}

const VERB = {
  revoke: {
    name: 'RevokeGrant',
    title: 'Revoke',
    pending: 'Revoking…',
    done: 'revoked',
    failed: 'The grant was not revoked.',
  },
  retire: {
    name: 'RetireGrant',
    title: 'Retire',
    pending: 'Retiring…',
    done: 'retired',
    failed: 'The grant was not retired.',
  },
} as const

type EndGrantProps = {
  scope: Scope
  grant: ShownGrant
  ending: Ending
  calls: EndGrantCalls
  onClose: () => void
}

/** Confirmation level 2. */
export function EndGrant({ scope, grant, ending, calls, onClose }: EndGrantProps) {
  const words = VERB[ending]
  const name = grantTitle(grant)
  const grantee = principalWords(granteeOf(grant), scope.account)
  const mutation = useAction(calls[ending], {
    account: scope.account,
    done: () => `${name[0]?.toUpperCase()}${name.slice(1)} is ${words.done}.`,
    after: onClose,
  })
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${words.title} ${name}`}
      confirm={`${words.title} grant`}
      danger={ending === 'revoke'}
      pending={mutation.pending}
      pendingLabel={words.pending}
      onConfirm={() => void mutation.run({ region: scope.region, key: grant.KeyId, grant: grant.GrantId })}
      more={
        <RequestCode
          scope={scope}
          requests={[{ name: words.name, input: { KeyId: grant.KeyId, GrantId: grant.GrantId } }]}
        />
      }
      error={mutation.refusal && <MutationError refusal={mutation.refusal} what={words.failed} />}
    >
      <p>
        <span className="break-all text-text">{grantee}</span> can no longer use it for{' '}
        {grant.Operations.join(', ')} on{' '}
        <span className="break-all">{grant.KeyAliases?.[0] ?? `key ${keyIdOf(grant)}`}</span>. What the key
        policy and other grants allow stays. There is no undo; the same grant can be created again.
      </p>
      <p>{ENDING_WORDS[ending]}</p>
    </AlertDialog>
  )
}

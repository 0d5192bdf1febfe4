'use client'

import { useRouter } from 'next/navigation'
import { GuardrailConsequence } from '#app/[account]/identities/_parts/guardrail-consequence.tsx'
import { useTypedName } from '#app/[account]/identities/_parts/typed-name.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import { count } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import type { ListedAccount } from '../../account-table.tsx'
import { callOf } from '../../account-words.ts'
import { deleteGuardrail } from '../../actions.ts'

type RemoveGuardrailProps = {
  account: string
  of: ListedAccount
  name: string
  /** The texts of the others. */
  after: readonly string[]
}

export function RemoveGuardrail({ account, of, name, after }: RemoveGuardrailProps) {
  const router = useRouter()
  const offline = useOfflineReason()
  const confirmation = useTypedName(name)
  const back = paths.identity(account, 'accounts', of.AccountId)
  const mutation = useAction(deleteGuardrail, {
    account,
    done: () => `Guardrail ${name} of account ${callOf(of)} is removed.`,
    after: () => router.push(back),
  })
  return (
    <>
      <MutationForm
        mutation={mutation}
        values={() => (confirmation.confirmed() ? { id: of.AccountId, name } : undefined)}
        submit="Remove guardrail"
        submitPending="Removing…"
        danger
        reason={offline}
        cancel={
          <LinkButton size="form" href={back}>
            Cancel
          </LinkButton>
        }
      >
        <GuardrailConsequence who={callOf(of)} users={count(of.Users, 'user')} after={after} />
        {confirmation.field}
      </MutationForm>
      <KeyhouseCode operation="DeleteGuardrail" input={{ AccountId: of.AccountId, Name: name }} />
    </>
  )
}

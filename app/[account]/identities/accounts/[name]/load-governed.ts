import type { Guardrail } from '#app/[account]/identities/_parts/guardrails.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { ListedAccount } from '../account-table.tsx'

type Governed =
  | { readonly of: ListedAccount; readonly guardrails: readonly Guardrail[]; readonly refusal?: never }
  | { readonly of?: never; readonly guardrails?: never; readonly refusal: RefusalView }

/** An account of the installation with its guardrails, as the first account sees it. */
export async function loadGoverned(id: string): Promise<Governed> {
  const [accounts, listed] = await Promise.all([
    tryAsk('ListAccounts', {}),
    tryAsk('ListGuardrails', { AccountId: id }),
  ])
  if (accounts.refusal) return { refusal: accounts.refusal }
  if (listed.refusal) return { refusal: listed.refusal }
  const of = accounts.output.Accounts.find(({ AccountId }) => AccountId === id)
  if (of) return { of, guardrails: listed.output.Guardrails }
  const message = `There is no account ${id} in this installation.`
  return { refusal: { code: 'NotFoundException', message, requestId: null, eventId: null } }
}

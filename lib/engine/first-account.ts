/** What belongs to the installation and not to one account is for the account that it was set up with. */
import { KmsError } from '#lib/domain/refusal.ts'
import { firstAccount } from '#lib/store/settings.ts'
import type { Call } from './call.ts'

/**
 * The policies of another account cannot give what is not that account's. `belongs`: "accounts belong".
 * @throws AccessDeniedException
 */
export async function permitInstallation(call: Call, belongs: string): Promise<void> {
  await call.permit()
  if (call.account === (await firstAccount(call.services.database.sql))) return
  throw new KmsError(
    'AccessDeniedException',
    `User: ${call.identity.principal.arn} is not authorized to perform: keyhouse:${call.operation} because ` +
      `${belongs} to the installation's first account`,
  )
}

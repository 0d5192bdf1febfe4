/** SerialNumber and TokenCode of STS: a second factor shown with a request, spent with what it gives. */
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { Sql } from '#lib/store/database.ts'
import { countAttempt, forgiveAttempts } from './attempts.ts'
import { type ShownCode, shownCode, spendCode } from './totp.ts'

const failed = () =>
  new KmsError(
    'AccessDeniedException',
    'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
  )

type Given = { readonly SerialNumber?: string | undefined; readonly TokenCode?: string | undefined }

/** Undefined when none was shown. @throws AccessDenied for a wrong code, and for half of what is needed. */
export async function secondFactor(
  call: Call,
  { SerialNumber, TokenCode }: Given,
): Promise<ShownCode | undefined> {
  if (SerialNumber === undefined && TokenCode === undefined) return undefined
  if (SerialNumber === undefined || TokenCode === undefined) {
    throw new KmsError(
      'AccessDeniedException',
      'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. ',
    )
  }
  const { id } = call.identity.principal
  const guess = { what: 'sts-code', principal: id } as const
  if (!(await countAttempt(call.services, guess))) throw failed()
  const shown = await shownCode(call.services, id, { serial: SerialNumber, code: TokenCode })
  if (!shown) throw failed()
  await forgiveAttempts(call.services, guess)
  return shown
}

/** In the transaction of what the code permits. @throws AccessDenied when it was spent meanwhile. */
export async function spendFactor(sql: Sql, shown: ShownCode | undefined): Promise<void> {
  if (shown && !(await spendCode(sql, shown))) throw failed()
}

/**
 * The second factor at sign-in: six digits of a device, or a recovery code (R90). It is asked for only after the
 * password was right, and tried only where the person has a device.
 */
import { KmsError } from '#lib/domain/refusal.ts'
import type { Identity } from '#lib/engine/identities.ts'
import { recoveryCodeHash } from '#lib/iam/recovery-codes.ts'
import { spendCode, stepsOf } from '#lib/iam/totp.ts'
import { devicesOfPrincipal, type MfaDevice } from '#lib/store/mfa-devices.ts'
import { spendRecoveryCode } from '#lib/store/recovery-codes.ts'
import { noteFactor } from '#lib/store/sessions.ts'
import { askedForCodeEvent, recordAlone, refusedSignInEvent } from './auth-events.ts'
import type { DeskParts } from './parts.ts'
import { requireAnySession } from './sessions.ts'
import { countCode, forgiveCodes } from './throttle.ts'
import type { Visit } from './visit.ts'

/** The password was right; the same again with a code will do. */
export class CodeNeeded extends KmsError {
  readonly codeNeeded = true
  constructor() {
    super('AccessDeniedException', 'Your second factor is needed: enter its code.')
  }
}

const wrong = () =>
  new KmsError('InvalidAuthenticationCode', 'The code is not right, or it was used already.')

async function spendDigits({ services }: DeskParts, devices: readonly MfaDevice[], code: string) {
  for (const device of devices) {
    const [step] = await stepsOf(services, device, code)
    if (step !== undefined && (await spendCode(services.database.sql, { device, step }))) return true
  }
  return false
}

type Shown = { readonly identity: Identity; readonly code: string | undefined }
type Devices = { readonly devices: readonly MfaDevice[] }

/** Whether the code is right, now, for the first time; it is spent by this. */
async function spend(parts: DeskParts, { identity, code = '', devices }: Shown & Devices): Promise<boolean> {
  const { services } = parts
  if (/^\d{6}$/.test(code)) return spendDigits(parts, devices, code)
  const hash = recoveryCodeHash(code)
  return hash !== undefined && spendRecoveryCode(services.database.sql, identity.principal.id, hash)
}

/**
 * False when the person has no second factor, true when they have shown it.
 * @throws CodeNeeded, KmsError InvalidAuthenticationCode, TooManyAttempts.
 */
export async function askFactor(parts: DeskParts, visit: Visit, shown: Shown): Promise<boolean> {
  const { services } = parts
  const { principal, regions } = shown.identity
  const devices = await devicesOfPrincipal(services.database.sql, principal.id)
  if (devices.length === 0) return false
  const place = { account: principal.account, region: regions[0] ?? '' }
  const who = { name: principal.name, visit }
  if (shown.code === undefined || shown.code === '') {
    await recordAlone(parts, askedForCodeEvent(services.clock.real(), place, who))
    throw new CodeNeeded()
  }
  await countCode(services, principal.id)
  if (!(await spend(parts, { ...shown, devices }))) {
    await recordAlone(parts, refusedSignInEvent(services.clock.real(), place, { ...who, factor: true }))
    throw wrong()
  }
  await forgiveCodes(services, principal.id)
  return true
}

/** Takes the code in a session that began without one. */
export async function showFactor(parts: DeskParts, visit: Visit, { code }: { code: string }) {
  const { row, identity } = await requireAnySession(parts.services, visit)
  if (!(await askFactor(parts, visit, { identity, code })))
    throw new KmsError('ValidationException', 'You have no second factor yet.')
  await noteFactor(parts.services.database, row.id, parts.services.clock.real())
  return {}
}

/**
 * Second factors: whether a code is the one that a device shows now. The window is one step to either side, each step
 * is good once (R90), and whatever is no six digits is nothing.
 */
import { equalBytes } from '#lib/crypto/equal.ts'
import { secretKey } from '#lib/crypto/secret-key.ts'
import { totpCode, totpStep } from '#lib/crypto/totp.ts'
import { parseArn } from '#lib/domain/arn.ts'
import { mfaSeed } from '#lib/engine/record-identity.ts'
import type { Services } from '#lib/engine/services.ts'
import type { Sql } from '#lib/store/database.ts'
import { type MfaDevice, readMfaDevice, spendStep } from '#lib/store/mfa-devices.ts'

const CODE = /^\d{6}$/
/** How many steps a device may be off, either way. */
const WINDOW = 1

type Parts = Pick<Services, 'database' | 'domainKeys' | 'clock'>

/** arn:aws:iam::111122223333:mfa/path/alice → that device of that account; undefined for what is no serial number. */
export async function deviceOf(sql: Sql, serial: string): Promise<MfaDevice | undefined> {
  const arn = parseArn(serial)
  if (arn?.service !== 'iam' || !arn.resource.startsWith('mfa/')) return undefined
  return readMfaDevice(sql, arn.account, arn.resource.slice('mfa/'.length))
}

/** The steps of the window in which the device shows the code; those that were spent are not among them. */
export async function stepsOf(
  { domainKeys, clock }: Pick<Parts, 'domainKeys' | 'clock'>,
  device: MfaDevice,
  code: string,
  window = WINDOW,
): Promise<number[]> {
  if (!CODE.test(code)) return []
  const now = totpStep(clock.real().getTime())
  const seed = await domainKeys.open(device.seedSealed, mfaSeed(device.account, device.name))
  const key = seed.lend((raw) => secretKey(raw))
  const given = Buffer.from(code, 'latin1')
  return Array.from({ length: 2 * window + 1 }, (_, i) => now - window + i).filter((step) => {
    const shown = equalBytes(Buffer.from(totpCode(key, step), 'latin1'), given)
    return shown && step > (device.lastStep ?? -1)
  })
}

/** A code that is right, to be spent with what it permits. */
export type ShownCode = { readonly device: MfaDevice; readonly step: number }

/** The code as that of a device of this principal; undefined when it is not, whatever the reason. */
export async function shownCode(
  parts: Parts,
  principalId: string,
  { serial, code }: { readonly serial: string; readonly code: string },
): Promise<ShownCode | undefined> {
  const device = await deviceOf(parts.database.sql, serial)
  if (!device || device.principal !== principalId) return undefined
  const [step] = await stepsOf(parts, device, code)
  return step === undefined ? undefined : { device, step }
}

/** Spends a code; false when somebody else was faster with it. */
export const spendCode = (sql: Sql, { device, step }: ShownCode): Promise<boolean> =>
  spendStep(sql, device, step)

/** Whether the code is the principal's, now, for the first time: it is spent by this. `serial` is the device's ARN. */
export async function verifyTotp(
  parts: Parts,
  principalId: string,
  serial: string,
  code: string,
): Promise<boolean> {
  const shown = await shownCode(parts, principalId, { serial, code })
  return shown !== undefined && spendCode(parts.database.sql, shown)
}

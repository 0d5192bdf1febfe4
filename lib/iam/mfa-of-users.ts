/**
 * IAM's operations on the MFA devices of users: given to one who proves to have it with two codes in a row, taken away,
 * and put right when its clock went astray.
 */
import {
  DeactivateMFADeviceInput,
  EnableMFADeviceInput,
  ResyncMFADeviceInput,
} from '#lib/domain/operations/mfa-devices.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { assignMfaDevice, listMfaDevices, type MfaDevice, spendStep } from '#lib/store/mfa-devices.ts'
import { changeIdentity } from './identity-change.ts'
import { deviceOfUser, ofDevice, ownDevice } from './own-device.ts'
import { permittedOwner, permittedUser } from './permitted-user.ts'
import { stepsOf } from './totp.ts'

/** How far apart a device's clock may be when its codes are first seen: an hour either way, in steps. */
const FAR = 120
/** AWS: eight of any kind. */
const PER_USER = 8

/** Two codes of two steps in a row, newer than any that was spent; the later step. */
export async function twoInARow(
  call: Call,
  device: MfaDevice,
  codes: readonly [string, string],
): Promise<number> {
  const [first, second] = [
    await stepsOf(call.services, device, codes[0], FAR),
    await stepsOf(call.services, device, codes[1], FAR),
  ]
  const step = second.find((later) => first.includes(later - 1))
  if (step !== undefined) return step
  throw new KmsError('InvalidAuthenticationCode', 'Authentication code for device is not valid.')
}

type Codes = { readonly AuthenticationCode1: string; readonly AuthenticationCode2: string }
const codesOf = (input: Codes) => [input.AuthenticationCode1, input.AuthenticationCode2] as const

const taken = () => new KmsError('EntityAlreadyExists', 'MFA Device is already in use')

export const EnableMFADevice = operation({
  name: 'EnableMFADevice',
  service: 'IAM',
  action: 'iam:EnableMFADevice',
  input: EnableMFADeviceInput,
  class: 'admin',
  logged: { request: ofDevice },
  async run(call, input) {
    const user = await permittedUser(call, input.UserName)
    const device = await ownDevice(call, input.SerialNumber)
    if (device.principal !== null) throw taken()
    const all = await listMfaDevices(call.services.database.sql, call.account)
    if (all.filter(({ principal }) => principal === user.id).length >= PER_USER)
      throw new KmsError('LimitExceeded', `Cannot exceed quota for MfaDevicesPerUser: ${PER_USER}`)
    const step = await twoInARow(call, device, codesOf(input))
    return changeIdentity(call, {
      rows: async (transaction) => {
        await assignMfaDevice(transaction, device, { principal: user.id, at: call.services.clock.real() })
        await spendStep(transaction.sql, device, step)
      },
      output: undefined,
    })
  },
})

export const ResyncMFADevice = operation({
  name: 'ResyncMFADevice',
  service: 'IAM',
  action: 'iam:ResyncMFADevice',
  input: ResyncMFADeviceInput,
  class: 'admin',
  logged: { request: ofDevice },
  async run(call, input) {
    const user = await permittedUser(call, input.UserName)
    const device = await deviceOfUser(call, user.id, input.SerialNumber)
    const step = await twoInARow(call, device, codesOf(input))
    return changeIdentity(call, {
      rows: async ({ sql }) => void (await spendStep(sql, device, step)),
      output: undefined,
    })
  },
})

export const DeactivateMFADevice = operation({
  name: 'DeactivateMFADevice',
  service: 'IAM',
  action: 'iam:DeactivateMFADevice',
  input: DeactivateMFADeviceInput,
  class: 'admin',
  logged: { request: ofDevice },
  async run(call, input) {
    const owner = await permittedOwner(call, input.UserName)
    const device = await deviceOfUser(call, owner.id, input.SerialNumber)
    return changeIdentity(call, {
      rows: (transaction) => assignMfaDevice(transaction, device, null),
      output: undefined,
    })
  },
})

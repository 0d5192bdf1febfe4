/** MFA devices as operations name them: by the serial number, which is an ARN of the caller's account. */
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { MfaDevice } from '#lib/store/mfa-devices.ts'
import { deviceOf } from './totp.ts'

export const serialOf = ({ place, account }: Call, name: string) =>
  `arn:${place.partition}:iam::${account}:mfa/${name}`

const noSuch = (serial: string) =>
  new KmsError('NoSuchEntity', `VirtualMFADevice with serial number ${serial} does not exist.`)

/** The device of the caller's account. @throws NoSuchEntity */
export async function ownDevice(call: Call, serial: string): Promise<MfaDevice> {
  const device = await deviceOf(call.services.database.sql, serial)
  if (!device || device.account !== call.account || serial !== serialOf(call, device.name))
    throw noSuch(serial)
  return device
}

/** The device of a user; the refusal says no more when it is somebody else's. @throws NoSuchEntity */
export async function deviceOfUser(call: Call, principal: string, serial: string): Promise<MfaDevice> {
  const device = await ownDevice(call, serial)
  if (device.principal !== principal) throw noSuch(serial)
  return device
}

/** What the log says of a request about a device. */
export const ofDevice = (input: {
  readonly UserName?: string | undefined
  readonly SerialNumber: string
}) => ({ userName: input.UserName, serialNumber: input.SerialNumber })

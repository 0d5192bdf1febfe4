/**
 * IAM's operations on virtual MFA devices of the account: made, listed, deleted. The seed is shown once, to whoever makes
 * the device; lib/iam/mfa-of-users.ts gives devices to users.
 */
import { randomBytes } from '#lib/crypto/random.ts'
import {
  CreateVirtualMFADeviceInput,
  DeleteVirtualMFADeviceInput,
  ListVirtualMFADevicesInput,
} from '#lib/domain/operations/mfa-devices.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { mfaSeed } from '#lib/engine/record-identity.ts'
import { addMfaDevice, deleteMfaDevice, listMfaDevices, type MfaDevice } from '#lib/store/mfa-devices.ts'
import { base32 } from './base32.ts'
import { changeIdentity } from './identity-change.ts'
import { ofDevice, ownDevice, serialOf } from './own-device.ts'
import { pageOf } from './paging.ts'
import { arnOfUser } from './permitted-user.ts'

/** RFC 4226 §4, R6: 160 bits. */
const SEED_BYTES = 20
export const newSeed = () => randomBytes(SEED_BYTES)

type Shown = {
  readonly VirtualMFADevice: { readonly SerialNumber: string; readonly Base32StringSeed: Uint8Array }
}

export const CreateVirtualMFADevice = operation({
  name: 'CreateVirtualMFADevice',
  service: 'IAM',
  action: 'iam:CreateVirtualMFADevice',
  input: CreateVirtualMFADeviceInput,
  class: 'admin',
  logged: {
    request: (input) => ({ virtualMFADeviceName: input.VirtualMFADeviceName, path: input.Path }),
    response: (output: Shown) => ({
      virtualMFADevice: { serialNumber: output.VirtualMFADevice.SerialNumber },
    }),
  },
  async run(call, input): Promise<Shown> {
    const name = `${(input.Path ?? '/').slice(1)}${input.VirtualMFADeviceName}`
    const serial = serialOf(call, name)
    await call.permit({ resource: serial })
    if (input.Tags && input.Tags.length > 0)
      throw new KmsError('UnsupportedOperationException', 'Tags of MFA devices are not supported.')
    const { account } = call
    const seed = newSeed()
    const seedSealed = await call.services.domainKeys.seal(
      { kind: 'account', account },
      seed,
      mfaSeed(account, name),
    )
    // The one member that is shown: the door's edge encodes these bytes as base64, as AWS does.
    const output = { VirtualMFADevice: { SerialNumber: serial, Base32StringSeed: Buffer.from(base32(seed)) } }
    seed.fill(0)
    return changeIdentity(call, {
      rows: async (transaction) => {
        if (await addMfaDevice(transaction, { account, name, seedSealed })) return
        throw new KmsError(
          'EntityAlreadyExists',
          'MFADevice entity at the same path and name already exists.',
        )
      },
      output,
    })
  },
})

export const DeleteVirtualMFADevice = operation({
  name: 'DeleteVirtualMFADevice',
  service: 'IAM',
  action: 'iam:DeleteVirtualMFADevice',
  input: DeleteVirtualMFADeviceInput,
  class: 'admin',
  logged: { request: ofDevice },
  async run(call, input) {
    await call.permit({ resource: input.SerialNumber })
    const device = await ownDevice(call, input.SerialNumber)
    if (device.principal !== null)
      throw new KmsError('DeleteConflict', 'Cannot delete MFA device that is still assigned to a user.')
    return changeIdentity(call, {
      rows: (transaction) => deleteMfaDevice(transaction, device.account, device.name),
      output: undefined,
    })
  },
})

/** What each AssignmentStatus lists. */
const LISTED = {
  Assigned: ({ principal }: MfaDevice) => principal !== null,
  Unassigned: ({ principal }: MfaDevice) => principal === null,
  Any: () => true,
}

const listed = (call: Call, { name, principal, userName, enabledAt }: MfaDevice) => ({
  SerialNumber: serialOf(call, name),
  ...(principal !== null && {
    User: {
      UserName: userName,
      UserId: principal,
      Arn: arnOfUser(call, { path: '/', name: userName ?? '' }),
    },
    EnableDate: enabledAt,
  }),
})

export const ListVirtualMFADevices = operation({
  name: 'ListVirtualMFADevices',
  service: 'IAM',
  action: 'iam:ListVirtualMFADevices',
  input: ListVirtualMFADevicesInput,
  class: 'read',
  logged: { request: (input) => ({ assignmentStatus: input.AssignmentStatus }) },
  async run(call, input) {
    await call.permit()
    const found = await listMfaDevices(call.services.database.sql, call.account)
    const all = found.filter(LISTED[input.AssignmentStatus ?? 'Any'])
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input })
    return { VirtualMFADevices: rows.map((device) => listed(call, device)), ...more }
  },
})

/** Inputs of IAM's operations on virtual MFA devices, with the limits of AWS's model. */
import { oneOf, structure, text } from '../constraints.ts'
import { iamTags, page, path, principalName } from './iam-members.ts'

const serialNumber = () => text({ min: 9, max: 256, pattern: String.raw`[\w+=/:,.@-]+` })
const code = () => text({ min: 6, max: 6, pattern: String.raw`[\d]+`, sensitive: true })

export const CreateVirtualMFADeviceInput = structure({
  VirtualMFADeviceName: text({ min: 1, max: 226, pattern: String.raw`[\w+=,.@-]+` }),
  Path: path().optional(),
  Tags: iamTags().optional(),
})

export const DeleteVirtualMFADeviceInput = structure({ SerialNumber: serialNumber() })

const codes = {
  UserName: principalName(),
  SerialNumber: serialNumber(),
  AuthenticationCode1: code(),
  AuthenticationCode2: code(),
}
export const EnableMFADeviceInput = structure(codes)
export const ResyncMFADeviceInput = structure(codes)

export const DeactivateMFADeviceInput = structure({
  UserName: principalName().optional(),
  SerialNumber: serialNumber(),
})

export const ListVirtualMFADevicesInput = structure({
  AssignmentStatus: oneOf(['Assigned', 'Unassigned', 'Any']).optional(),
  ...page(),
})

/**
 * Lists that programs ask for before they delete a user: second factors, and kinds of credential that there are none of
 * here, which are empty lists and not refusals.
 */
import {
  ListOfOwnOrNamedUserInput,
  ListServiceSpecificCredentialsInput,
} from '#lib/domain/operations/iam-users.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { listMfaDevices } from '#lib/store/mfa-devices.ts'
import { pageOf } from './paging.ts'
import { permittedOwner } from './permitted-user.ts'

export const ListMFADevices = operation({
  name: 'ListMFADevices',
  service: 'IAM',
  action: 'iam:ListMFADevices',
  class: 'read',
  input: ListOfOwnOrNamedUserInput,
  logged: { request: members('UserName', 'MaxItems', 'Marker') },
  async run(call, input) {
    const owner = await permittedOwner(call, input.UserName)
    const all = (await listMfaDevices(call.services.database.sql, call.account)).flatMap((device) =>
      device.principal === owner.id && device.enabledAt ? [{ name: device.name, at: device.enabledAt }] : [],
    )
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope: owner.id })
    const MFADevices = rows.map(({ name, at }) => ({
      UserName: owner.UserName,
      SerialNumber: `arn:${call.place.partition}:iam::${call.account}:mfa/${name}`,
      EnableDate: at,
    }))
    return { MFADevices, ...more }
  },
})

const shared = { service: 'IAM', class: 'read' } as const

export const ListSSHPublicKeys = operation({
  ...shared,
  name: 'ListSSHPublicKeys',
  action: 'iam:ListSSHPublicKeys',
  input: ListOfOwnOrNamedUserInput,
  logged: { request: members('UserName', 'MaxItems', 'Marker') },
  async run(call, input): Promise<{ SSHPublicKeys: readonly never[]; IsTruncated: false }> {
    await permittedOwner(call, input.UserName)
    return { SSHPublicKeys: [], IsTruncated: false }
  },
})

export const ListSigningCertificates = operation({
  ...shared,
  name: 'ListSigningCertificates',
  action: 'iam:ListSigningCertificates',
  input: ListOfOwnOrNamedUserInput,
  logged: { request: members('UserName', 'MaxItems', 'Marker') },
  async run(call, input): Promise<{ Certificates: readonly never[]; IsTruncated: false }> {
    await permittedOwner(call, input.UserName)
    return { Certificates: [], IsTruncated: false }
  },
})

export const ListServiceSpecificCredentials = operation({
  ...shared,
  name: 'ListServiceSpecificCredentials',
  action: 'iam:ListServiceSpecificCredentials',
  input: ListServiceSpecificCredentialsInput,
  logged: { request: members('UserName', 'ServiceName', 'AllUsers', 'MaxItems', 'Marker') },
  async run(call, input): Promise<{ ServiceSpecificCredentials: readonly never[]; IsTruncated: false }> {
    if (input.AllUsers === true) await call.permit()
    else await permittedOwner(call, input.UserName)
    return { ServiceSpecificCredentials: [], IsTruncated: false }
  },
})

/** IAM's operations on access keys, of users and of the root (facts §18.3). What they take away is gone with the answer. */
import {
  CreateAccessKeyInput,
  DeleteAccessKeyInput,
  GetAccessKeyLastUsedInput,
  ListOfOwnOrNamedUserInput,
  UpdateAccessKeyInput,
} from '#lib/domain/operations/iam-users.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { lastAccessKeyUse } from '#lib/store/access-key-use.ts'
import {
  type AccessKeyRow,
  deleteAccessKey,
  findAccessKey,
  listAccessKeys,
  setAccessKeyStatus,
} from '#lib/store/access-keys.ts'
import { readUser } from '#lib/store/users.ts'
import { createAccessKey, draftAccessKey } from './create-access-key.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { arnOfUser, type Owner, permittedOwner } from './permitted-user.ts'
import { resourceTagValues } from './principal-tags.ts'

const noSuchKey = (id: string) =>
  new KmsError('NoSuchEntity', `The Access Key with id ${id} cannot be found.`)

/** The only answer that ever has the secret. */
type CreatedAccessKey = {
  readonly AccessKey: {
    /** Undefined for the root. */
    readonly UserName: string | undefined
    readonly AccessKeyId: string
    readonly Status: 'Active'
    readonly SecretAccessKey: string
    readonly CreateDate: Date
  }
}

export const CreateAccessKey = operation({
  name: 'CreateAccessKey',
  service: 'IAM',
  action: 'iam:CreateAccessKey',
  class: 'admin',
  input: CreateAccessKeyInput,
  logged: {
    request: members('UserName'),
    response: ({ AccessKey }: CreatedAccessKey) => ({
      accessKey: {
        accessKeyId: AccessKey.AccessKeyId,
        status: AccessKey.Status,
        userName: AccessKey.UserName,
      },
    }),
  },
  async run(call, input) {
    const owner = await permittedOwner(call, input.UserName)
    const { domainKeys, clock } = call.services
    const draft = await draftAccessKey(domainKeys, { account: call.account, principal: owner.id })
    const createdAt = clock.real()
    return changeIdentity(call, {
      rows: (rows) => createAccessKey(rows, { ...draft, row: { ...draft.row, createdAt } }),
      output: {
        AccessKey: {
          UserName: owner.UserName,
          AccessKeyId: draft.pair.id,
          Status: 'Active',
          SecretAccessKey: draft.pair.secret,
          CreateDate: createdAt,
        },
      },
    })
  },
})

export const ListAccessKeys = operation({
  name: 'ListAccessKeys',
  service: 'IAM',
  action: 'iam:ListAccessKeys',
  class: 'read',
  input: ListOfOwnOrNamedUserInput,
  logged: { request: members('UserName', 'MaxItems', 'Marker') },
  async run(call, input) {
    const owner = await permittedOwner(call, input.UserName)
    const all = await listAccessKeys(call.services.database, owner.id)
    const { rows, more } = pageOf(call, { all, by: ({ id }) => id, page: input, scope: owner.id })
    const AccessKeyMetadata = rows.map((key) => ({
      UserName: owner.UserName,
      AccessKeyId: key.id,
      Status: key.status,
      CreateDate: key.createdAt,
    }))
    return { AccessKeyMetadata, ...more }
  },
})

/** @throws NoSuchEntity for a key of somebody else as for none */
async function keyOf({ services, account }: Call, owner: Owner, id: string): Promise<AccessKeyRow> {
  const key = await findAccessKey(services.database, account, id)
  if (key?.principal !== owner.id) throw noSuchKey(id)
  return key
}

export const UpdateAccessKey = operation({
  name: 'UpdateAccessKey',
  service: 'IAM',
  action: 'iam:UpdateAccessKey',
  class: 'admin',
  input: UpdateAccessKeyInput,
  logged: { request: members('UserName', 'AccessKeyId', 'Status') },
  async run(call, { UserName, AccessKeyId, Status }) {
    const key = await keyOf(call, await permittedOwner(call, UserName), AccessKeyId)
    return changeIdentity(call, {
      rows: (rows) => setAccessKeyStatus(rows, key.id, Status),
      output: undefined,
    })
  },
})

export const DeleteAccessKey = operation({
  name: 'DeleteAccessKey',
  service: 'IAM',
  action: 'iam:DeleteAccessKey',
  class: 'admin',
  input: DeleteAccessKeyInput,
  logged: { request: members('UserName', 'AccessKeyId') },
  async run(call, { UserName, AccessKeyId }) {
    const key = await keyOf(call, await permittedOwner(call, UserName), AccessKeyId)
    return changeIdentity(call, { rows: (rows) => deleteAccessKey(rows, key.id), output: undefined })
  },
})

/** `kms.amazonaws.com` → kms */
const serviceOf = (source: string) => source.replace(/\.amazonaws\.com$/, '')

/** What IAM says of a key that nobody has used. */
const NEVER = { ServiceName: 'N/A', Region: 'N/A' } as const

export const GetAccessKeyLastUsed = operation({
  name: 'GetAccessKeyLastUsed',
  service: 'IAM',
  action: 'iam:GetAccessKeyLastUsed',
  class: 'read',
  input: GetAccessKeyLastUsedInput,
  logged: { request: members('AccessKeyId') },
  async run(call, { AccessKeyId: id }) {
    const { database, reader, sequencer } = call.services
    const key = await findAccessKey(database, call.account, id)
    const user = key && (await readUser(database, key.principal))
    await call.permit({
      resource: user ? arnOfUser(call, user) : '*',
      shown: `access key ${id}`,
      conditions: resourceTagValues(user?.tags),
    })
    if (!key) throw noSuchKey(id)
    await sequencer.catchUp()
    const use = await lastAccessKeyUse(reader, { account: call.account, id })
    return {
      UserName: user?.name,
      AccessKeyLastUsed: use
        ? { LastUsedDate: use.at, ServiceName: serviceOf(use.source), Region: use.region }
        : { LastUsedDate: undefined, ...NEVER },
    }
  },
})

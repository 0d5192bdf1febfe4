/**
 * The users of an account with their credentials, as IAM's credential report has them, by pages and with what the log
 * knows of their use. The account's root comes first, in a member of its own.
 */
import type { z } from 'zod'
import { rootArn } from '#lib/domain/arn.ts'
import { ListCredentialsInput } from '#lib/domain/operations/identity-lists.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  accessKeysOfAccount,
  groupNames,
  type LastKeyUse,
  type ListedAccessKey,
  lastUses,
} from '#lib/store/credentials.ts'
import { listMfaDevices } from '#lib/store/mfa-devices.ts'
import { lastActive } from '#lib/store/principals.ts'
import { listUsers, type UserRow } from '#lib/store/users.ts'
import { pageOf } from './paging.ts'
import { arnOfUser } from './permitted-user.ts'

type Input = z.infer<typeof ListCredentialsInput>

export type AccessKeyView = {
  readonly AccessKeyId: string
  readonly Status: 'Active' | 'Inactive'
  readonly CreateDate: Date
  /** Absent where the log has no use of it. */
  readonly LastUsed?: { readonly Date: Date; readonly ServiceName: string; readonly Region: string }
}

export type UserCredentials = {
  readonly UserName: string
  readonly Path: string
  readonly Arn: string
  readonly CreateDate: Date
  readonly Groups: readonly string[]
  readonly Password: 'none' | 'set' | 'reset-required'
  readonly SecondFactor: boolean
  readonly AccessKeys: readonly AccessKeyView[]
  readonly LastActive?: Date
}

type Answer = {
  readonly Users: readonly UserCredentials[]
  readonly Root: readonly AccessKeyView[]
  /** Of all pages. */
  readonly Count: number
  readonly IsTruncated: boolean
  readonly Marker?: string
}

const passwordOf = ({ password, passwordResetRequired }: UserRow) =>
  password === null ? 'none' : passwordResetRequired ? 'reset-required' : 'set'

const viewOf = ({ id, status, createdAt }: ListedAccessKey, use: LastKeyUse | undefined): AccessKeyView => ({
  AccessKeyId: id,
  Status: status,
  CreateDate: createdAt,
  ...(use && {
    LastUsed: { Date: use.at, ServiceName: use.source.replace(/\.amazonaws\.com$/, ''), Region: use.region },
  }),
})

const hasWords = (words: string, texts: readonly string[]) =>
  texts.some((text) => text.toLowerCase().includes(words))

/** What is known of a page's users at once. */
async function knownOf(call: Call, arns: readonly string[], keys: readonly ListedAccessKey[]) {
  const { database, reader, sequencer } = call.services
  await sequencer.catchUp()
  const ids = keys.map(({ id }) => id)
  const [groups, devices, uses, active] = await Promise.all([
    groupNames(database.sql, call.account),
    listMfaDevices(database.sql, call.account),
    lastUses(reader, call.account, ids),
    lastActive(reader, call.account, arns),
  ])
  const factors = new Set(devices.flatMap(({ principal, enabledAt }) => (enabledAt ? [principal] : [])))
  return { groups, factors, uses, active }
}

export const ListCredentials = operation({
  name: 'ListCredentials',
  service: 'Keyhouse',
  action: 'iam:GetCredentialReport',
  class: 'read',
  input: ListCredentialsInput,
  logged: { request: () => null },
  async run(call, input: Input): Promise<Answer> {
    await call.permit()
    const { database } = call.services
    const words = (input.Words ?? '').trim().toLowerCase()
    const [users, keys] = await Promise.all([
      listUsers(database, call.account),
      accessKeysOfAccount(database.sql, call.account),
    ])
    const keysOf = Map.groupBy(keys, ({ principal }) => principal)
    const idsOf = (principal: string) => (keysOf.get(principal) ?? []).map(({ id }) => id)
    const all = users.filter(({ id, name }) => hasWords(words, [name, ...idsOf(id)]))
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope: words })
    const root = (keysOf.get(call.account) ?? []).filter(({ id }) =>
      hasWords(words, [rootArn(call.place.partition, call.account), id]),
    )
    const shown = [...root, ...rows.flatMap(({ id }) => keysOf.get(id) ?? [])]
    const known = await knownOf(
      call,
      rows.map((row) => arnOfUser(call, row)),
      shown,
    )
    const views = (own: readonly ListedAccessKey[]) => own.map((key) => viewOf(key, known.uses.get(key.id)))
    return {
      Users: rows.map((row) => {
        const arn = arnOfUser(call, row)
        const at = known.active.get(arn)
        return {
          UserName: row.name,
          Path: row.path,
          Arn: arn,
          CreateDate: row.createdAt,
          Groups: known.groups.get(row.id) ?? [],
          Password: passwordOf(row),
          SecondFactor: known.factors.has(row.id),
          AccessKeys: views(keysOf.get(row.id) ?? []),
          ...(at && { LastActive: at }),
        }
      }),
      Root: input.Marker === undefined ? views(root) : [],
      Count: all.length,
      ...more,
    }
  },
})

/** Aliases: names that point at keys of the same account and Region (facts §7). */
import { aliasArn } from '#lib/domain/arn.ts'
import { MANAGED_ALIASES } from '#lib/domain/aws-managed.ts'
import { KEY_SPECS, type KeyClass } from '#lib/domain/key-spec.ts'
import {
  CreateAliasInput,
  DeleteAliasInput,
  ListAliasesInput,
  UpdateAliasInput,
} from '#lib/domain/operations/aliases.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { aliasRowMac } from '#lib/engine/row-macs.ts'
import {
  type AliasRow,
  deleteAlias,
  insertAlias,
  listAliases,
  pointAlias,
  readAlias,
} from '#lib/store/aliases.ts'
import { pageOf, startOf } from './paging.ts'

const MOST_ALIASES = 50

const CLASS_WORDS: Record<KeyClass, string> = {
  symmetric: 'symmetric',
  asymmetric: 'asymmetric',
  hmac: 'HMAC',
}

function checkName(name: string): void {
  if (!name.startsWith('alias/')) {
    throw new KmsError(
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    )
  }
  if (name === 'alias/') throw new KmsError('ValidationException', 'Invalid identifier')
  if (name.startsWith('alias/aws/')) throw new KmsError('NotAuthorizedException')
}

/** Aliases point at keys, never at each other. */
function checkTarget(target: string): void {
  if (target.startsWith('alias/') || /^arn:[^:]*:kms:[^:]*:[^:]*:alias\//.test(target)) {
    throw new KmsError('ValidationException', 'Aliases must refer to keys. Not aliases')
  }
}

/** The permission on the alias itself, which only identity policies give (facts §8.5). */
async function permitAlias(call: Call, name: string): Promise<string> {
  const arn = aliasArn(call.place, name)
  call.mention({ type: 'AWS::KMS::Alias', arn, accountId: call.account })
  await call.permit({ resource: arn })
  return arn
}

function checkRoom(key: AllowedKey): void {
  if (key.row.aliases.length >= MOST_ALIASES) {
    throw new KmsError('LimitExceededException', `The key already has ${MOST_ALIASES} aliases.`)
  }
}

function bind(call: Call, name: string, key: AllowedKey, createdAt: Date): AliasRow {
  const binding = { account: call.account, region: call.region, name, keyId: key.row.id }
  return { ...binding, createdAt, updatedAt: call.now, rowMac: aliasRowMac(call.services.rowMacKey, binding) }
}

const find = (call: Call, name: string) => readAlias(call.services.database.sql, { ...call, name })

async function existing(call: Call, name: string): Promise<AliasRow> {
  const alias = await find(call, name)
  if (!alias) throw new KmsError('NotFoundException', `Alias ${aliasArn(call.place, name)} is not found.`)
  return alias
}

export const CreateAlias = operation({
  name: 'CreateAlias',
  service: 'KMS',
  action: 'kms:CreateAlias',
  class: 'admin',
  input: CreateAliasInput,
  logged: { request: members('AliasName', 'TargetKeyId') },
  async run(call, input) {
    const { AliasName: name, TargetKeyId: target } = input
    checkName(name)
    checkTarget(target)
    const arn = await permitAlias(call, name)
    const key = await call.key(target, 'kms:CreateAlias', { deed: 'alias' })
    if ((await call.made()) === name) return undefined
    if (await find(call, name)) {
      throw new KmsError('AlreadyExistsException', `An alias with the name ${arn} already exists`)
    }
    checkRoom(key)
    const alias = bind(call, name, key, call.now)
    return call.change({
      makes: name,
      keys: [{ key }],
      rows: (rows) => insertAlias(rows, alias),
      output: undefined,
    })
  },
})

/** Symmetric, asymmetric and HMAC keys are three classes; an alias stays in its class and usage (facts §7.3). */
function checkSameKind(name: string, from: AllowedKey, to: AllowedKey): void {
  const [old, next] = [KEY_SPECS[from.row.spec].class, KEY_SPECS[to.row.spec].class]
  if (old !== next) {
    throw new KmsError(
      'ValidationException',
      `Alias ${name} cannot be changed from a CMK of type ${CLASS_WORDS[old]} to a CMK of type ${CLASS_WORDS[next]}. ` +
        'The type of the current CMK and the new CMK must be the same.',
    )
  }
  if (from.row.usage === to.row.usage) return
  throw new KmsError(
    'ValidationException',
    `Alias ${name} cannot be changed from a CMK with key usage ${from.row.usage} to a CMK with key usage ` +
      `${to.row.usage}. The key usage of the current CMK and the new CMK must be the same.`,
  )
}

export const UpdateAlias = operation({
  name: 'UpdateAlias',
  service: 'KMS',
  action: 'kms:UpdateAlias',
  class: 'admin',
  input: UpdateAliasInput,
  logged: { request: members('AliasName', 'TargetKeyId') },
  async run(call, input) {
    const { AliasName: name, TargetKeyId: target } = input
    checkName(name)
    checkTarget(target)
    await permitAlias(call, name)
    const to = await call.key(target, 'kms:UpdateAlias', { deed: 'alias' })
    const alias = await existing(call, name)
    // The key it leaves may be in any state (facts §4, code 10).
    const from = await call.key(alias.keyId, 'kms:UpdateAlias', { deed: 'read' })
    checkSameKind(name, from, to)
    const same = from.row.id === to.row.id
    if (!same) checkRoom(to)
    const row = bind(call, name, to, alias.createdAt)
    const keys = same ? [{ key: to }] : [{ key: from }, { key: to }]
    return call.change({
      keys,
      rows: async (rows) => {
        await pointAlias(rows, row)
      },
      output: undefined,
    })
  },
})

export const DeleteAlias = operation({
  name: 'DeleteAlias',
  service: 'KMS',
  action: 'kms:DeleteAlias',
  class: 'admin',
  input: DeleteAliasInput,
  logged: { request: members('AliasName') },
  async run(call, input) {
    const name = input.AliasName
    checkName(name)
    await permitAlias(call, name)
    const alias = await existing(call, name)
    const key = await call.key(alias.keyId, 'kms:DeleteAlias', { deed: 'deleteAlias' })
    return call.change({
      keys: [{ key }],
      rows: async (rows) => {
        await deleteAlias(rows, alias)
      },
      output: undefined,
    })
  },
})

export const ListAliases = operation({
  name: 'ListAliases',
  service: 'KMS',
  action: 'kms:ListAliases',
  class: 'read',
  input: ListAliasesInput,
  logged: { request: members('KeyId', 'Limit', 'Marker') },
  async run(call, input) {
    await call.permit()
    const keyId = input.KeyId === undefined ? undefined : await knownKey(call, input.KeyId)
    const limit = input.Limit ?? 50
    const scope = keyId ?? ''
    const after = startOf<string>(call, input.Marker, scope) ?? ''
    const page = { after, limit }
    const stored = await listAliases(call.services.database.sql, { ...call, keyId }, page)
    const found = keyId === undefined ? withPredefined(stored, page) : stored
    const { rows, more } = pageOf(call, { rows: found, limit, position: (last) => last.name, scope })
    return { Aliases: rows.map((row) => entryOf(call, row)), ...more }
  },
})

/** The filter names a key of this account; it is not authorised on it, only looked up (facts §2.33). */
async function knownKey(call: Call, reference: string): Promise<string> {
  const id = await call.keyIdOf(reference)
  const key = id && (await call.services.keys.byId({ account: call.account, region: call.region, id }))
  if (!key) throw new KmsError('NotFoundException', `Key '${reference}' does not exist`)
  return key.row.id
}

/** An alias of AWS's own has a name before it has a key (facts §2.33). */
type Listed = Pick<AliasRow, 'name'> & Partial<AliasRow>

/** Adds the aliases that AWS predefines and nobody has described yet; one more than asked for, by name. */
function withPredefined(stored: readonly AliasRow[], page: { after: string; limit: number }): Listed[] {
  const known = new Set(stored.map((row) => row.name))
  const predefined = MANAGED_ALIASES.filter((name) => name > page.after && !known.has(name))
  return [...stored, ...predefined.map((name) => ({ name }))]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, page.limit + 1)
}

const entryOf = (call: Call, row: Listed) => ({
  AliasName: row.name,
  AliasArn: aliasArn(call.place, row.name),
  ...(row.keyId !== undefined && {
    TargetKeyId: row.keyId,
    CreationDate: row.createdAt,
    LastUpdatedDate: row.updatedAt,
  }),
})

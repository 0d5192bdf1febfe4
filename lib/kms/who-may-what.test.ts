/**
 * Who may do what: every principal × every operation, on a key with the console's default policy (administrators
 * alice, users bob). The committed table who-may-what.txt is read as a diff when it changes.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleKeyPolicy } from '#lib/domain/default-policy.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'
import { kmsOperations } from './operations.ts'

const PEOPLE = ['root', 'admin', 'alice', 'bob', 'carol', 'stranger', 'outsider'] as const
type KmsName = (typeof kmsOperations)[number]['name']

const user = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`

const POLICY = consoleKeyPolicy({
  partition: 'aws',
  account: ACCOUNT,
  administrators: [user('alice')],
  users: [user('bob')],
  accounts: [],
  allowDeletion: true,
  grants: true,
})

/** The key by its ARN, which also works from another account. */
type Things = { readonly arn: string; readonly blob: string; readonly alias: string }

/** What each operation is asked. A new operation does not compile without. */
const INPUTS: Record<KmsName, (things: Things) => object> = {
  CreateKey: () => ({}),
  DescribeKey: ({ arn }) => ({ KeyId: arn }),
  ListKeys: () => ({}),
  UpdateKeyDescription: ({ arn }) => ({ KeyId: arn, Description: 'x' }),
  EnableKey: ({ arn }) => ({ KeyId: arn }),
  DisableKey: ({ arn }) => ({ KeyId: arn }),
  ScheduleKeyDeletion: ({ arn }) => ({ KeyId: arn }),
  CancelKeyDeletion: ({ arn }) => ({ KeyId: arn }),
  CreateAlias: ({ arn }) => ({ AliasName: 'alias/another', TargetKeyId: arn }),
  UpdateAlias: ({ arn, alias }) => ({ AliasName: alias, TargetKeyId: arn }),
  DeleteAlias: ({ alias }) => ({ AliasName: alias }),
  ListAliases: () => ({}),
  GetKeyPolicy: ({ arn }) => ({ KeyId: arn }),
  PutKeyPolicy: ({ arn }) => ({ KeyId: arn, Policy: POLICY }),
  ListKeyPolicies: ({ arn }) => ({ KeyId: arn }),
  TagResource: ({ arn }) => ({ KeyId: arn, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
  UntagResource: ({ arn }) => ({ KeyId: arn, TagKeys: ['a'] }),
  ListResourceTags: ({ arn }) => ({ KeyId: arn }),
  Encrypt: ({ arn }) => ({ KeyId: arn, Plaintext: 'AA==' }),
  Decrypt: ({ blob }) => ({ CiphertextBlob: blob }),
  ReEncrypt: ({ arn, blob }) => ({ CiphertextBlob: blob, DestinationKeyId: arn }),
  GenerateDataKey: ({ arn }) => ({ KeyId: arn, KeySpec: 'AES_256' }),
  GenerateDataKeyWithoutPlaintext: ({ arn }) => ({ KeyId: arn, KeySpec: 'AES_256' }),
  GenerateRandom: () => ({ NumberOfBytes: 1 }),
  EnableKeyRotation: ({ arn }) => ({ KeyId: arn }),
  DisableKeyRotation: ({ arn }) => ({ KeyId: arn }),
  GetKeyRotationStatus: ({ arn }) => ({ KeyId: arn }),
  RotateKeyOnDemand: ({ arn }) => ({ KeyId: arn }),
  ListKeyRotations: ({ arn }) => ({ KeyId: arn }),
}

/** What must be so before an operation can say anything but no. */
const BEFORE: Partial<Record<KmsName, string>> = {
  CancelKeyDeletion: 'ScheduleKeyDeletion',
  EnableKey: 'DisableKey',
}

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

/** A key, an alias and a ciphertext of its own for every question, so that no answer changes the next. */
async function freshThings(operation: KmsName): Promise<Things> {
  const root = world.as('root')
  const { Arn: arn } = (await root.call('CreateKey', { Policy: POLICY })).KeyMetadata
  const alias = `alias/present-${arn.slice(-12)}`
  await root.call('CreateAlias', { AliasName: alias, TargetKeyId: arn })
  const { CiphertextBlob } = await root.call('Encrypt', { KeyId: arn, Plaintext: 'AA==' })
  const before = BEFORE[operation]
  if (before) await root.call(before, { KeyId: arn })
  return { arn, alias, blob: Buffer.from(CiphertextBlob).toString('base64') }
}

async function answer(name: (typeof PEOPLE)[number], operation: KmsName, things: Things): Promise<string> {
  try {
    await world.as(name).call(operation, INPUTS[operation](things))
    if (operation === 'CreateAlias')
      await world.as('root').call('DeleteAlias', { AliasName: 'alias/another' })
    return 'yes'
  } catch (thrown) {
    if (!(thrown instanceof KmsError)) throw thrown
    return thrown.code === 'AccessDeniedException' ? '-' : thrown.code
  }
}

async function line(operation: KmsName): Promise<string> {
  const cells: string[] = []
  for (const name of PEOPLE) cells.push(await answer(name, operation, await freshThings(operation)))
  return `${operation.padEnd(34)}${cells.map((cell) => cell.padEnd(11)).join('')}`.trimEnd()
}

describe('who may what', () => {
  it('is what who-may-what.txt says', async () => {
    const head =
      `${'a key of alice and bob'.padEnd(34)}${PEOPLE.map((name) => name.padEnd(11)).join('')}`.trimEnd()
    const lines = [head]
    for (const { name } of kmsOperations) lines.push(await line(name))
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./who-may-what.txt')
  }, 60_000)
})

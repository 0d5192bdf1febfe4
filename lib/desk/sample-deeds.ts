/**
 * What alice, bob and carol do when the sample account is made: a list of real operations through the door, as each
 * of them, refusals included. Nothing here writes an event or a row by itself.
 */
import { uuidv4 } from '#lib/crypto/random.ts'
import { partitionOf, userArn } from '#lib/domain/arn.ts'
import type { Caller } from '#lib/domain/caller.ts'
import { consoleKeyPolicy } from '#lib/domain/default-policy.ts'
import { KmsError, type KmsErrorCode } from '#lib/domain/refusal.ts'
import type { SamplePerson } from '#lib/domain/sample.ts'
import type { Identity } from '#lib/engine/identities.ts'
import type { Service } from '#lib/engine/operation.ts'
import type { DeskParts } from './parts.ts'

type Name = SamplePerson['name']

export type Scene = {
  readonly region: string
  /** Principal ids of the three. */
  readonly ids: Readonly<Record<string, string>>
}

/** What earlier deeds gave, by the name they were kept under. */
type Kept = ReadonlyMap<string, unknown>

type Deed = {
  readonly as: Name
  readonly operation: string
  readonly service?: Service
  readonly input: object | ((kept: Kept) => object)
  /** Keeps one member of the output. */
  readonly keep?: { readonly member: string; readonly name: string }
  readonly refused?: KmsErrorCode
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

const kept = (from: Kept, name: string) => {
  const value = from.get(name)
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
}

type Key = { readonly alias: string; readonly description: string; readonly team: string }

const KEYS: readonly Key[] = [
  { alias: 'alias/orders', description: 'Orders of the web shop', team: 'shop' },
  { alias: 'alias/invoices', description: 'Invoices and credit notes', team: 'billing' },
  { alias: 'alias/backups', description: 'Nightly backups', team: 'operations' },
  { alias: 'alias/old-shop', description: 'The shop before it was rebuilt', team: 'shop' },
]

/** alice makes a key that she manages and bob uses, and names it. */
function making({ alias, description, team }: Key, policy: string): Deed[] {
  return [
    {
      as: 'alice',
      operation: 'CreateKey',
      input: { Description: description, Policy: policy, Tags: [{ TagKey: 'team', TagValue: team }] },
      keep: { member: 'KeyMetadata.KeyId', name: alias },
    },
    {
      as: 'alice',
      operation: 'CreateAlias',
      input: (from) => ({ AliasName: alias, TargetKeyId: kept(from, alias) }),
    },
  ]
}

/** bob puts one order away and takes it out again. */
function order(number: number): Deed[] {
  const EncryptionContext = { order: String(number), table: 'orders' }
  const name = `order ${number}`
  return [
    {
      as: 'bob',
      operation: 'Encrypt',
      input: {
        KeyId: 'alias/orders',
        Plaintext: base64(`order ${number}: ${number % 7} items`),
        EncryptionContext,
      },
      keep: { member: 'CiphertextBlob', name },
    },
    {
      as: 'bob',
      operation: 'Decrypt',
      input: (from) => ({ CiphertextBlob: kept(from, name), EncryptionContext }),
    },
  ]
}

const dataKey = (alias: string, context: Record<string, string>): Deed => ({
  as: 'bob',
  operation: 'GenerateDataKey',
  input: { KeyId: alias, KeySpec: 'AES_256', EncryptionContext: context },
})

/** alice manages and is refused the contents; bob uses and is refused the switch; carol watches. */
const SEPARATION: readonly Deed[] = [
  {
    as: 'alice',
    operation: 'Encrypt',
    input: { KeyId: 'alias/orders', Plaintext: base64('order 42') },
    refused: 'AccessDeniedException',
  },
  {
    as: 'bob',
    operation: 'DisableKey',
    input: (from) => ({ KeyId: kept(from, 'alias/orders') }),
    refused: 'AccessDeniedException',
  },
  {
    as: 'bob',
    operation: 'Decrypt',
    input: (from) => ({
      CiphertextBlob: kept(from, 'order 1001'),
      EncryptionContext: { order: '1002', table: 'orders' },
    }),
    refused: 'InvalidCiphertextException',
  },
  { as: 'alice', operation: 'RotateKeyOnDemand', input: (from) => ({ KeyId: kept(from, 'alias/orders') }) },
  {
    as: 'bob',
    operation: 'Decrypt',
    input: (from) => ({
      CiphertextBlob: kept(from, 'order 1001'),
      EncryptionContext: { order: '1001', table: 'orders' },
    }),
  },
  {
    as: 'alice',
    operation: 'EnableKeyRotation',
    input: (from) => ({ KeyId: kept(from, 'alias/invoices'), RotationPeriodInDays: 180 }),
  },
  { as: 'alice', operation: 'DisableKey', input: (from) => ({ KeyId: kept(from, 'alias/backups') }) },
  {
    as: 'bob',
    operation: 'GenerateDataKey',
    input: { KeyId: 'alias/backups', KeySpec: 'AES_256' },
    refused: 'DisabledException',
  },
  { as: 'alice', operation: 'EnableKey', input: (from) => ({ KeyId: kept(from, 'alias/backups') }) },
  dataKey('alias/backups', { backup: 'monday' }),
  {
    as: 'alice',
    operation: 'ScheduleKeyDeletion',
    input: (from) => ({ KeyId: kept(from, 'alias/old-shop'), PendingWindowInDays: 30 }),
  },
  { as: 'carol', operation: 'DescribeKey', input: { KeyId: 'alias/orders' } },
  {
    as: 'carol',
    operation: 'GetKeyPolicy',
    input: (from) => ({ KeyId: kept(from, 'alias/orders'), PolicyName: 'default' }),
  },
  {
    as: 'carol',
    operation: 'Decrypt',
    input: (from) => ({
      CiphertextBlob: kept(from, 'order 1001'),
      EncryptionContext: { order: '1001', table: 'orders' },
    }),
    refused: 'AccessDeniedException',
  },
  { as: 'carol', service: 'CloudTrail', operation: 'LookupEvents', input: { MaxResults: 50 } },
]

function deedsOf(account: string, region: string): Deed[] {
  const partition = partitionOf(region)
  const arn = (name: Name) => userArn(partition, account, '/', name)
  const policy = consoleKeyPolicy({
    partition,
    account,
    administrators: [arn('alice')],
    users: [arn('bob')],
    accounts: [],
    allowDeletion: true,
    grants: true,
  })
  return [
    ...KEYS.flatMap((key) => making(key, policy)),
    ...[1001, 1002, 1003, 1004, 1005, 1006].flatMap(order),
    dataKey('alias/invoices', { invoice: '2026-0001' }),
    dataKey('alias/invoices', { invoice: '2026-0002' }),
    dataKey('alias/old-shop', { backup: 'last' }),
    ...SEPARATION,
  ]
}

/** Each call comes from Keyhouse itself, and the log says so; who acts is the person. */
function callerOf({ principal }: Identity, region: string): Caller {
  const channel = {
    via: 'internal',
    address: '',
    userAgent: 'keyhouse sample data',
    tls: undefined,
    host: '',
    requestId: uuidv4(),
    invocationId: undefined,
    bodyHash: undefined,
  } as const
  return { principal, credential: { kind: 'internal' }, channel, region }
}

function memberOf(output: unknown, path: string): unknown {
  let value = output
  for (const step of path.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined
  return value
}

/** Does one deed and gives its output; a refusal that is part of the play gives nothing. */
async function perform(parts: DeskParts, caller: Caller, deed: Deed, soFar: Kept): Promise<unknown> {
  const operation = parts.operation(deed.service ?? 'KMS', deed.operation)
  if (!operation) throw new Error(`there is no operation ${deed.operation}`)
  const input = typeof deed.input === 'function' ? deed.input(soFar) : deed.input
  const refusal = await parts.invoke(caller, operation, input).then(
    ({ output }) => ({ output }),
    (thrown: unknown) => ({ thrown }),
  )
  if ('output' in refusal && deed.refused === undefined) return refusal.output
  if ('thrown' in refusal && refusal.thrown instanceof KmsError && refusal.thrown.code === deed.refused)
    return undefined
  throw new Error(`${deed.as}: ${deed.operation} went otherwise than the sample says`, {
    cause: 'thrown' in refusal ? refusal.thrown : undefined,
  })
}

/** Plays every deed in order. @throws when one goes otherwise than it should. */
export async function playSample(parts: DeskParts, scene: Scene): Promise<void> {
  const people = new Map<string, Identity>()
  for (const [name, id] of Object.entries(scene.ids)) {
    const identity = await parts.services.identities.byPrincipal(id)
    if (identity) people.set(name, identity)
  }
  const keep = new Map<string, unknown>()
  const account = [...people.values()][0]?.account ?? ''
  for (const deed of deedsOf(account, scene.region)) {
    const person = people.get(deed.as)
    if (!person) throw new Error(`${deed.as} of the sample account is not there`)
    const output = await perform(parts, callerOf(person, scene.region), deed, keep)
    if (deed.keep) keep.set(deed.keep.name, memberOf(output, deed.keep.member))
  }
}

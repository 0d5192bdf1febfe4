/** Statements to begin with: what people add to policies, each with the few words it needs to be told. */
import type { KnownKeyKind } from '#lib/domain/action-kinds.ts'
import { rootArn } from '#lib/domain/arn.ts'
import { consoleKeyPolicy } from '#lib/domain/default-policy.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'

export type TemplateNeed = 'principals' | 'account' | 'context' | 'network' | 'days'

export type TemplatePlace = {
  readonly partition: string
  readonly account: string
  readonly key: KnownKeyKind
}

export type TemplateValues = {
  readonly principals: readonly string[]
  readonly account: string
  readonly contextKey: string
  readonly contextValue: string
  readonly network: string
  readonly days: string
}

export type Template = {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly needs: readonly TemplateNeed[]
  readonly make: (values: TemplateValues, place: TemplatePlace) => object
  /** Why it means nothing for a key of this kind. */
  readonly unfit?: (key: KnownKeyKind) => string | undefined
}

const one = (texts: readonly string[]) => (texts.length === 1 ? texts[0] : texts)

type Made = { readonly Sid?: string; readonly Action?: unknown }

/** AWS's own statements, taken from the policy that its console would write. */
function ofConsole(sid: string, { principals }: TemplateValues, place: TemplatePlace): object {
  const { partition, account, key } = place
  const known = {
    ...(key.spec && { spec: key.spec }),
    ...(key.usage && { usage: key.usage }),
    ...(key.origin && { origin: key.origin }),
    ...(key.multiRegion !== undefined && { multiRegion: key.multiRegion }),
  }
  const policy = consoleKeyPolicy({
    ...{ partition, account, ...known, administrators: principals, users: principals },
    ...{ accounts: [], allowDeletion: true, grants: true },
  })
  // printPolicy wrote it.
  const { Statement } = JSON.parse(policy) as { Statement: readonly (object & Made)[] }
  return Statement.find(({ Sid }) => Sid === sid) ?? {}
}

const ROOT = 'Enable IAM User Permissions'
const ADMINISTRATORS = 'Allow access for Key Administrators'
const USERS = 'Allow use of the key'
const SERVICES = 'Allow attachment of persistent resources'

/** What a key of this kind is used for, without reading about it. */
function useActions(values: TemplateValues, place: TemplatePlace): readonly string[] {
  const { Action } = ofConsole(USERS, values, place) as Made
  const all = Array.isArray(Action) ? Action.filter((name) => typeof name === 'string') : []
  return all.filter((name) => name !== 'kms:DescribeKey' && name !== 'kms:GetPublicKey')
}

const onlySymmetric = ({ spec, usage }: KnownKeyKind) =>
  (spec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT' && (usage ?? 'ENCRYPT_DECRYPT') === 'ENCRYPT_DECRYPT'
    ? undefined
    : 'Only symmetric encryption keys take an encryption context.'

const ON_KEYS: readonly Template[] = [
  {
    id: 'root',
    title: 'Account root',
    says: 'Identity policies of the account may give access.',
    needs: [],
    make: (values, place) => ofConsole(ROOT, values, place),
  },
  {
    id: 'administrators',
    title: 'Key administrators',
    says: 'They manage the key and don’t use it.',
    needs: ['principals'],
    make: (values, place) => ofConsole(ADMINISTRATORS, values, place),
  },
  {
    id: 'users',
    title: 'Key users',
    says: 'They use the key and don’t manage it.',
    needs: ['principals'],
    make: (values, place) => ofConsole(USERS, values, place),
  },
  {
    id: 'services',
    title: 'AWS services through grants',
    says: 'Services use the key for these principals.',
    needs: ['principals'],
    make: (values, place) => ofConsole(SERVICES, values, place),
    unfit: ({ usage }) => (usage === 'GENERATE_VERIFY_MAC' ? 'AWS services take no HMAC keys.' : undefined),
  },
  {
    id: 'cross-account',
    title: 'Another account',
    says: 'Policies of that account may let its people use the key.',
    needs: ['account'],
    make: (values, place) => ({
      ...ofConsole(USERS, { ...values, principals: [rootArn(place.partition, values.account)] }, place),
      Sid: `Allow use from account ${values.account}`,
    }),
  },
  {
    id: 'context',
    title: 'Use bound to an encryption context',
    says: 'They use the key only with this pair in the context.',
    needs: ['principals', 'context'],
    make: (values, place) => ({
      Sid: `Allow use with ${values.contextKey} ${values.contextValue}`,
      Effect: 'Allow',
      Principal: { AWS: one(values.principals) },
      Action: useActions(values, place),
      Resource: '*',
      Condition: { StringEquals: { [`kms:EncryptionContext:${values.contextKey}`]: values.contextValue } },
    }),
    unfit: onlySymmetric,
  },
  {
    id: 'network',
    title: 'Deny use outside a network',
    says: 'Nobody uses the key from other addresses, except through AWS services.',
    needs: ['network'],
    make: (values, place) => ({
      Sid: 'Deny use outside the network',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: useActions({ ...values, principals: ['*'] }, place),
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': values.network }, Bool: { 'aws:ViaAWSService': 'false' } },
    }),
  },
  {
    id: 'window',
    title: 'Deny a short deletion window',
    says: 'Deletion waits at least so many days, whoever schedules it.',
    needs: ['days'],
    make: ({ days }) => ({
      Sid: 'Deny a short deletion window',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'kms:ScheduleKeyDeletion',
      Resource: '*',
      Condition: { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': days } },
    }),
  },
  {
    id: 'separation',
    title: 'Strict separation',
    says: 'These administrators can’t use the key, whatever else allows it.',
    needs: ['principals'],
    make: (values, place) => ({
      Sid: 'Deny use by administrators',
      Effect: 'Deny',
      Principal: { AWS: one(values.principals) },
      Action: useActions(values, place),
      Resource: '*',
    }),
  },
]

const OF_IDENTITIES: readonly Template[] = [
  {
    id: 'use-keys',
    title: 'Use keys of the account',
    says: 'Encryption and decryption, where the key policy leaves it to identity policies.',
    needs: [],
    make: (_, { partition, account }) => ({
      Sid: 'UseKeys',
      Effect: 'Allow',
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: `arn:${partition}:kms:*:${account}:key/*`,
    }),
  },
  {
    id: 'read-keys',
    title: 'Look at keys',
    says: 'Lists and descriptions, and nothing that changes or uses a key.',
    needs: [],
    make: () => ({
      Sid: 'LookAtKeys',
      Effect: 'Allow',
      Action: ['kms:List*', 'kms:Describe*', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus'],
      Resource: '*',
    }),
  },
]

const OF_ROLES: readonly Template[] = [
  {
    id: 'assume',
    title: 'Principals who may assume the role',
    says: 'Their own policies must allow sts:AssumeRole too, unless they are of this account and named here.',
    needs: ['principals'],
    make: ({ principals }) => ({
      Sid: 'AssumeRole',
      Effect: 'Allow',
      Principal: { AWS: one(principals) },
      Action: 'sts:AssumeRole',
    }),
  },
  {
    id: 'assume-account',
    title: 'Another account',
    says: 'Policies of that account may let its people assume the role.',
    needs: ['account'],
    make: ({ account }, { partition }) => ({
      Sid: `AssumeFrom${account}`,
      Effect: 'Allow',
      Principal: { AWS: rootArn(partition, account) },
      Action: 'sts:AssumeRole',
    }),
  },
]

const TEMPLATES: Record<PolicyKind, readonly Template[]> = {
  key: ON_KEYS,
  identity: OF_IDENTITIES,
  trust: OF_ROLES,
}

export const templatesFor = (kind: PolicyKind): readonly Template[] => TEMPLATES[kind]

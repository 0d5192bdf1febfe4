/** Rows of managed policies with their versions and tags, and of what they are attached to. */
import type { Database, Transaction } from './database.ts'
import { type PolicyText, putPolicyDocument } from './policy-documents.ts'

type Rows = Pick<Database, 'prisma' | 'sql'> | Transaction

/** The holders that policies are attached to. */
export type HolderKind = 'user' | 'role' | 'group'

/** What names a managed policy in an account: its ARN without the account. */
export type PolicyName = { readonly account: string; readonly path: string; readonly name: string }

export type ManagedPolicyRow = PolicyName & {
  readonly id: string
  readonly description: string
  readonly defaultVersion: number
  readonly lastVersion: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly attachments: number
  readonly bounded: number
}

export type PolicyVersionRow = {
  readonly version: number
  readonly createdAt: Date
  readonly document: string
}

const INCLUDE = { _count: { select: { principals: true, groups: true, bounded: true } } } as const

type Included = Omit<ManagedPolicyRow, 'account' | 'attachments' | 'bounded'> & {
  readonly accountId: string
  readonly _count: { readonly principals: number; readonly groups: number; readonly bounded: number }
}

const rowOf = ({ accountId, _count: count, ...row }: Included): ManagedPolicyRow => ({
  ...row,
  account: accountId,
  attachments: count.principals + count.groups,
  bounded: count.bounded,
})

export async function findManagedPolicy(rows: Rows, name: PolicyName): Promise<ManagedPolicyRow | undefined> {
  const where = { accountId: name.account, path: name.path, name: name.name }
  const found = await rows.prisma.managedPolicy.findFirst({ where, include: INCLUDE })
  return found ? rowOf(found) : undefined
}

export async function readManagedPolicy(rows: Rows, id: string): Promise<ManagedPolicyRow | undefined> {
  const found = await rows.prisma.managedPolicy.findUnique({ where: { id }, include: INCLUDE })
  return found ? rowOf(found) : undefined
}

/** Whether an account has a policy of this name, in whatever case and under whatever path. */
export async function hasManagedPolicy(rows: Rows, account: string, name: string): Promise<boolean> {
  const found = await rows.sql(
    `SELECT 1 FROM keyhouse.managed_policy WHERE account_id = $1 AND lower(name) = lower($2)`,
    [account, name],
  )
  return found.length > 0
}

export const countManagedPolicies = (rows: Rows, account: string): Promise<number> =>
  rows.prisma.managedPolicy.count({ where: { accountId: account } })

/** All policies of an account, by name. */
export async function listManagedPolicies(rows: Rows, account: string): Promise<ManagedPolicyRow[]> {
  const found = await rows.prisma.managedPolicy.findMany({
    where: { accountId: account },
    include: INCLUDE,
    orderBy: { name: 'asc' },
  })
  return found.map(rowOf)
}

export type PolicyInForce = { readonly path: string; readonly name: string; readonly body: string }

/** The texts in force of an account's policies, by name, after one of them. */
export const policiesInForce = (
  sql: Database['sql'],
  account: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<PolicyInForce[]> =>
  sql<PolicyInForce>(
    `SELECT m.path, m.name, d.body FROM keyhouse.managed_policy m
     JOIN keyhouse.managed_policy_version v ON v.policy_id = m.id AND v.version = m.default_version
     JOIN keyhouse.policy_document d ON d.hash = v.policy_hash
     WHERE m.account_id = $1 AND m.name COLLATE "C" > $2 ORDER BY m.name COLLATE "C" LIMIT $3`,
    [account, after, limit],
  )

export type NewManagedPolicy = PolicyName & {
  readonly id: string
  readonly description: string
  readonly policy: PolicyText
  readonly at: Date
}

/** With its first version. */
export async function addManagedPolicy(transaction: Transaction, added: NewManagedPolicy): Promise<void> {
  const { id, account, path, name, description, policy, at } = added
  await putPolicyDocument(transaction, policy)
  // The two rows point at each other; the database looks at the end of the transaction.
  await transaction.prisma.managedPolicy.create({
    data: {
      ...{ id, accountId: account, path, name, description, createdAt: at, updatedAt: at },
      ...{ defaultVersion: 1, lastVersion: 1 },
    },
  })
  await insertVersion(transaction, { id, version: 1, policy, at })
}

type NewVersion = {
  readonly id: string
  readonly version: number
  readonly policy: PolicyText
  readonly at: Date
}

const insertVersion = ({ prisma }: Transaction, { id, version, policy, at }: NewVersion) =>
  prisma.managedPolicyVersion.create({
    data: { policyId: id, version, policyHash: new Uint8Array(policy.hash), createdAt: at },
  })

export async function addManagedPolicyVersion(
  transaction: Transaction,
  added: NewVersion & { readonly inForce: boolean },
): Promise<void> {
  const { id, version, policy, at, inForce } = added
  await putPolicyDocument(transaction, policy)
  await insertVersion(transaction, added)
  await transaction.prisma.managedPolicy.update({
    where: { id },
    data: { lastVersion: version, updatedAt: at, ...(inForce && { defaultVersion: version }) },
  })
}

export async function setDefaultVersion(
  { prisma }: Transaction,
  { id, version, at }: { readonly id: string; readonly version: number; readonly at: Date },
): Promise<void> {
  await prisma.managedPolicy.update({ where: { id }, data: { defaultVersion: version, updatedAt: at } })
}

/** Newest first. */
export async function managedPolicyVersions(rows: Rows, id: string): Promise<PolicyVersionRow[]> {
  const found = await rows.prisma.managedPolicyVersion.findMany({
    where: { policyId: id },
    select: { version: true, createdAt: true, document: { select: { body: true } } },
    orderBy: { version: 'desc' },
  })
  return found.map(({ document, ...row }) => ({ ...row, document: document.body }))
}

export async function deleteManagedPolicyVersion({ prisma }: Transaction, id: string, version: number) {
  await prisma.managedPolicyVersion.delete({ where: { policyId_version: { policyId: id, version } } })
}

/** With its versions and tags. */
export async function deleteManagedPolicy({ prisma }: Transaction, id: string): Promise<void> {
  await prisma.managedPolicy.delete({ where: { id } })
}

export type Entity = {
  readonly kind: HolderKind
  readonly id: string
  readonly name: string
  readonly path: string
}

const NAMED = { select: { id: true, name: true, kind: true, path: true } } as const

/** Who has the policy attached, and who is bounded by it; each by kind and name. */
export async function entitiesOf(
  rows: Rows,
  id: string,
): Promise<{ readonly attached: Entity[]; readonly bounded: Entity[] }> {
  const found = await rows.prisma.managedPolicy.findUnique({
    where: { id },
    select: {
      bounded: NAMED,
      principals: { select: { principal: NAMED } },
      groups: { select: { group: { select: { id: true, name: true, path: true } } } },
    },
  })
  const groups = (found?.groups ?? []).map(({ group }) => ({ ...group, kind: 'group' }))
  const principals = (found?.principals ?? []).map(({ principal }) => principal)
  return { attached: entities([...groups, ...principals]), bounded: entities(found?.bounded ?? []) }
}

type Named = Omit<Entity, 'kind'> & { readonly kind: string }
const entities = (named: readonly Named[]): Entity[] =>
  named
    .map(({ kind, ...entity }) => ({ ...entity, kind: kindOf(kind) }))
    .sort((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1))

const kindOf = (kind: string): HolderKind => (kind === 'user' || kind === 'role' ? kind : 'group')

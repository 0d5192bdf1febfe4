/** The managed policies, groups, roles and guardrails of a seed's account, made in the transaction that makes the account. */
import { sha256 } from '#lib/crypto/digest.ts'
import type { SeedAccount } from '#lib/domain/seed-file.ts'
import type { SeedGroup, SeedRole } from '#lib/domain/seed-identities.ts'
import { FULL_ACCESS, FULL_ACCESS_POLICY } from '#lib/iam/guardrails.ts'
import { newGroupId, newPolicyId, newRoleId } from '#lib/iam/identifiers.ts'
import { attachPolicy, putInlinePolicy, setBoundary } from '#lib/store/attachments.ts'
import type { Transaction } from '#lib/store/database.ts'
import { addGroup, addMember, attachToGroup, putGroupPolicy } from '#lib/store/groups.ts'
import { putGuardrail } from '#lib/store/guardrails.ts'
import { addManagedPolicy } from '#lib/store/managed-policies.ts'
import { putManagedPolicyTags } from '#lib/store/managed-policy-tags.ts'
import type { PolicyText } from '#lib/store/policy-documents.ts'
import { putPrincipalTags } from '#lib/store/principal-tags.ts'
import { addRole } from '#lib/store/roles.ts'

type Work = {
  readonly transaction: Transaction
  readonly account: string
  readonly at: Date
  /** Ids by name: of the account's users, which are there, and of its managed policies. */
  readonly users: ReadonlyMap<string, string>
  readonly policies: Map<string, string>
}

const textOf = (body: string): PolicyText => ({ hash: sha256(body), body })
const rowsOf = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([key, value]) => ({ key, value }))

/** lib/domain has seen to it that every name in the file is of something in it. */
function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name)
  if (id === undefined) throw new TypeError(`nothing in the seed has the name ${name}`)
  return id
}

async function makePolicies({ transaction, account, at, policies }: Work, seeds: SeedAccount['policies']) {
  for (const { name, description = '', document, tags } of seeds) {
    const id = newPolicyId()
    await addManagedPolicy(transaction, {
      id,
      account,
      path: '/',
      name,
      description,
      policy: textOf(document),
      at,
    })
    await putManagedPolicyTags(transaction, id, rowsOf(tags))
    policies.set(name, id)
  }
}

type Held = Pick<SeedRole, 'attached' | 'boundary'>

async function give({ transaction, policies }: Work, principal: string, { attached, boundary }: Held) {
  for (const name of attached) await attachPolicy(transaction, principal, idOf(policies, name))
  if (boundary !== undefined) await setBoundary(transaction, principal, idOf(policies, boundary))
}

async function makeRole(work: Work, role: SeedRole): Promise<void> {
  const { transaction, account, at } = work
  const { name, description = '', maxSessionSeconds, trust, tags } = role
  const id = newRoleId()
  await addRole(transaction, {
    ...{ id, account, path: '/', name, description, maxSessionSeconds, createdAt: at, boundary: null },
    ...{ trustPolicy: textOf(trust), tags: rowsOf(tags) },
  })
  for (const [n, document] of role.policies.entries())
    await putInlinePolicy(transaction, { principal: id, name: `policy-${n + 1}`, policy: textOf(document) })
  await give(work, id, role)
}

async function makeGroup(
  { transaction, account, at, users, policies }: Work,
  group: SeedGroup,
): Promise<void> {
  const id = newGroupId()
  await addGroup(transaction, { id, account, path: '/', name: group.name, createdAt: at })
  for (const name of group.members) await addMember(transaction, id, idOf(users, name))
  for (const [n, document] of group.policies.entries())
    await putGroupPolicy(transaction, { group: id, name: `policy-${n + 1}`, policy: textOf(document) })
  for (const name of group.attached) await attachToGroup(transaction, id, idOf(policies, name))
}

/** Everything of the account but its users, which are there already, by name and id; they get what is theirs. */
export async function seedIdentities(
  transaction: Transaction,
  seed: SeedAccount,
  { users, at }: { readonly users: ReadonlyMap<string, string>; readonly at: Date },
): Promise<void> {
  const work: Work = { transaction, account: seed.id, at, users, policies: new Map() }
  await makePolicies(work, seed.policies)
  for (const user of seed.users) {
    await putPrincipalTags(transaction, idOf(users, user.name), rowsOf(user.tags))
    await give(work, idOf(users, user.name), user)
  }
  for (const role of seed.roles) await makeRole(work, role)
  for (const group of seed.groups) await makeGroup(work, group)
  const guardrails = seed.guardrails.map(({ name, policy }) => ({ name, policy: textOf(policy) }))
  // As the first guardrail of an account comes with it; a file that has one of the name has its own.
  if (guardrails.length > 0) guardrails.unshift({ name: FULL_ACCESS, policy: textOf(FULL_ACCESS_POLICY) })
  for (const guardrail of guardrails) await putGuardrail(transaction, { account: seed.id, ...guardrail })
}

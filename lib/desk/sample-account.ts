/**
 * The sample account: alice, bob and carol, and what they really do when it is made. A second account beside the
 * first, so that it can be switched off without a trace in the other one.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { partitionOf, userArn } from '#lib/domain/arn.ts'
import { SAMPLE_PEOPLE, SAMPLE_ROLES, type SamplePerson, trustPolicy } from '#lib/domain/sample.ts'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import { createAccount } from '#lib/iam/create-account.ts'
import { createUser, draftUser } from '#lib/iam/create-user.ts'
import { newAccountId, newPassword, newRoleId } from '#lib/iam/identifiers.ts'
import { disableSample } from '#lib/iam/remove-sample.ts'
import { findAccount } from '#lib/store/accounts.ts'
import { putInlinePolicy } from '#lib/store/attachments.ts'
import type { Transaction } from '#lib/store/database.ts'
import { addRole } from '#lib/store/roles.ts'
import type { DeskParts } from './parts.ts'
import { playSample } from './sample-deeds.ts'

export type Sample = {
  readonly accountId: string
  readonly alias: string | null
  /** Passwords are shown once. */
  readonly users: readonly { readonly name: string; readonly role: string; readonly password: string }[]
}

const ALIAS = 'sample'

type Beside = { readonly besides: string; readonly regions: readonly string[] }

async function freeAccountId({ services }: DeskParts): Promise<string> {
  for (;;) {
    const id = newAccountId()
    if (!(await findAccount(services.database, id))) return id
  }
}

const draft = async (account: string, { name, policyName, policy }: SamplePerson) => {
  const password = newPassword()
  const user = await draftUser({
    account,
    name,
    password,
    policies: [{ name: policyName, document: policy }],
  })
  return { user, password }
}

const textOf = (body: string) => ({ hash: sha256(body), body })

async function makeRoles(
  transaction: Transaction,
  account: string,
  { partition, createdAt }: { readonly partition: string; readonly createdAt: Date },
): Promise<void> {
  for (const { name, description, trusts, policyName, policy } of SAMPLE_ROLES) {
    const id = newRoleId()
    const trust = textOf(trustPolicy(userArn(partition, account, '/', trusts)))
    await addRole(transaction, {
      ...{ id, account, path: '/', name, description, maxSessionSeconds: 3600, createdAt },
      ...{ trustPolicy: trust, boundary: null, tags: [] },
    })
    await putInlinePolicy(transaction, { principal: id, name: policyName, policy: textOf(policy) })
  }
}

/** Makes the account and lets its people work. Undefined when that failed; then what there is of it is disabled. */
export async function createSample(
  parts: DeskParts,
  { besides, regions }: Beside,
): Promise<Sample | undefined> {
  const { services, log } = parts
  const accountId = await freeAccountId(parts)
  try {
    const people = await Promise.all(
      SAMPLE_PEOPLE.map(async (person) => ({ person, ...(await draft(accountId, person)) })),
    )
    const alias = (await findAccount(services.database, ALIAS)) ? null : ALIAS
    await changeIdentities(services, [accountId], async (transaction) => {
      await createAccount(transaction, { id: accountId, alias, regions, sample: true })
      for (const { user } of people) await createUser(transaction, user)
      const partition = partitionOf(regions[0] ?? '')
      await makeRoles(transaction, accountId, { partition, createdAt: services.clock.real() })
    })
    const ids = Object.fromEntries(people.map(({ person, user }) => [person.name, user.principal.id]))
    await playSample(parts, { region: regions[0] ?? '', ids })
    return {
      accountId,
      alias,
      users: people.map(({ person, password }) => ({ name: person.name, role: person.role, password })),
    }
  } catch (thrown) {
    // First run is done by now and must not fail over this.
    log.error({ account: accountId, besides, cause: String(thrown) }, 'sample data could not be made')
    await disableSample(services).catch(() => undefined)
    return undefined
  }
}

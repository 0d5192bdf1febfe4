/**
 * What names a principal, before it is deleted: keys of its account whose policy or grants do, and roles that trust it;
 * and whether anybody else could still change each key's policy when the principal is gone (console LOCK-02).
 */
import type { z } from 'zod'
import { keyArn, partitionOf, sessionArn } from '#lib/domain/arn.ts'
import { ListNamingsInput } from '#lib/domain/operations/identity-lists.ts'
import { type PrincipalRenaming, renamed, withRenamedPrincipal } from '#lib/domain/principal-renaming.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { Identity } from '#lib/engine/identities.ts'
import { lockoutQuestion } from '#lib/engine/lockout-question.ts'
import { operation } from '#lib/engine/operation.ts'
import { compilePolicy } from '#lib/policy/compile.ts'
import { decide } from '#lib/policy/decide.ts'
import type { GrantRow } from '#lib/store/grants.ts'
import { type KeySnapshot, readKeys } from '#lib/store/keys.ts'
import { grantsNaming, keysNaming, trustPoliciesNaming } from '#lib/store/named-principals.ts'
import { mayRead, sightOf } from './access-rights.ts'
import { accountIdentities } from './account-identities.ts'
import { askedPrincipal } from './asked-principal.ts'

type Input = z.infer<typeof ListNamingsInput>

export type NamingKey = {
  readonly KeyId: string
  readonly KeyArn: string
  readonly Region: string
  readonly Alias: string | null
  readonly State: string
  readonly InPolicy: boolean
  readonly Grants: number
  /** Who else of the account could change the key's policy afterwards: with nobody it is LOCK-02, with one LOCK-03. */
  readonly OthersInControl: 'nobody' | 'one' | 'several'
}

type Answer = {
  readonly PrincipalArn: string
  /** What policies name once it is deleted. */
  readonly PrincipalId: string
  readonly Keys: readonly NamingKey[]
  /** Keys that name it and whose policy the asker may not read. */
  readonly Hidden: number
  /** Names of roles of the account that trust it. */
  readonly Roles: readonly string[]
  /** There are more keys than are told. */
  readonly More: boolean
}

const MOST_KEYS = 100

const idOf = ({ principal }: Identity) => principal.role?.id ?? principal.id

function renamingOf(arn: string, { principal }: Identity): PrincipalRenaming {
  const { role, partition, account } = principal
  return role
    ? { arn, sessions: sessionArn(partition, account, role.name, ''), to: role.id }
    : { arn, sessions: null, to: principal.id }
}

type Asked = { readonly renaming: PrincipalRenaming; readonly others: readonly Identity[] }

/** Counts until it is clear: most keys have two within a few people. */
function inControl(
  key: KeySnapshot,
  policy: string,
  others: readonly Identity[],
): NamingKey['OthersInControl'] {
  const place = { partition: partitionOf(key.region), account: key.account, region: key.region }
  const resourcePolicy = { name: 'default', hash: '', policy: compilePolicy(policy, 'key') }
  let found = 0
  for (const other of others) {
    const question = lockoutQuestion(other, { place, id: key.id })
    if (decide({ ...question, action: 'kms:PutKeyPolicy', resourcePolicy }).allowed) found += 1
    if (found === 2) return 'several'
  }
  return found === 1 ? 'one' : 'nobody'
}

function keyView(key: KeySnapshot, grants: readonly GrantRow[], { renaming, others }: Asked): NamingKey {
  const place = { partition: partitionOf(key.region), account: key.account, region: key.region }
  const policy = withRenamedPrincipal(key.policy, renaming)
  return {
    KeyId: key.id,
    KeyArn: keyArn(place, key.id),
    Region: key.region,
    Alias: key.aliases[0]?.name ?? null,
    State: key.state,
    InPolicy: policy !== key.policy,
    Grants: grants.filter(
      ({ keyId, region, grantee, retiring }) =>
        keyId === key.id &&
        region === key.region &&
        (renamed(grantee, renaming) ?? (retiring === null ? undefined : renamed(retiring, renaming))) !==
          undefined,
    ).length,
    OthersInControl: inControl(key, policy, others),
  }
}

/** Keys of the caller's account that do name the principal, not only seem to. */
async function namingKeys(call: Call, asked: Asked) {
  const { sql } = call.services.database
  const found = (await keysNaming(sql, asked.renaming)).filter(({ account }) => account === call.account)
  const places = found.slice(0, MOST_KEYS)
  const [keys, grants] = await Promise.all([readKeys(sql, places), grantsNaming(sql, places, asked.renaming)])
  const views = keys
    .map((key) => keyView(key, grants, asked))
    .filter((view) => view.InPolicy || view.Grants > 0)
  return { views, more: found.length > places.length }
}

async function trustingRoles(call: Call, { renaming, others }: Asked): Promise<string[]> {
  const found = await trustPoliciesNaming(call.services.database.sql, renaming)
  const ids = new Set(
    found.filter(({ body }) => withRenamedPrincipal(body, renaming) !== body).map(({ role }) => role),
  )
  return others.flatMap(({ principal }) =>
    principal.role && ids.has(principal.role.id) ? [principal.role.name] : [],
  )
}

export const ListNamings = operation({
  name: 'ListNamings',
  service: 'Keyhouse',
  action: 'iam:SimulatePrincipalPolicy',
  class: 'read',
  input: ListNamingsInput,
  logged: { request: ({ PrincipalArn }: Input) => ({ principalArn: PrincipalArn }) },

  async run(call, { PrincipalArn: arn }: Input): Promise<Answer> {
    await sightOf(call, arn, undefined)
    const { identity, ours } = await askedPrincipal(call, arn)
    if (!ours) throw new KmsError('NotFoundException', `Principal '${arn}' does not exist`)
    const everyone = await accountIdentities(call)
    const others = everyone.filter((one) => idOf(one) !== idOf(identity) && !one.disabled)
    const asked = { renaming: renamingOf(arn, identity), others }
    const { views, more } = await namingKeys(call, asked)
    const readable: NamingKey[] = []
    for (const view of views) if (await mayRead(call, view.KeyArn)) readable.push(view)
    return {
      PrincipalArn: arn,
      PrincipalId: asked.renaming.to,
      Keys: readable,
      Hidden: views.length - readable.length,
      Roles: await trustingRoles(call, asked),
      More: more,
    }
  },
})

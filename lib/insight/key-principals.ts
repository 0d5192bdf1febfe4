/**
 * Everybody whom a matrix of a key may be about: everyone of the account, and whoever of elsewhere its policy or its
 * grants name; with the grants that concern each.
 */
import { parseArn, rootArn } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import type { Grant } from '#lib/domain/grant.ts'
import { type PrincipalName, principalForm } from '#lib/domain/policy-principal.ts'
import type { Call } from '#lib/engine/call.ts'
import { grantOf } from '#lib/engine/grants.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import { documentOf } from '#lib/policy/explain.ts'
import { grantsOfEachKind } from '#lib/store/access.ts'
import { maySimulate } from './access-rights.ts'
import { accountIdentities } from './account-identities.ts'
import {
  askedPrincipal,
  foreignSubject,
  inSession,
  isOneself,
  type Subject,
  subjectOf,
} from './asked-principal.ts'

export type KeyPrincipals = {
  readonly subjects: readonly Subject[]
  readonly grantsOf: (principal: Principal) => readonly Grant[]
}

/** Those of the account that the caller may ask about. */
async function everyoneHere(call: Call): Promise<Subject[]> {
  const mayAsk = maySimulate(call)
  const subjects = (await accountIdentities(call)).map((identity) => subjectOf(identity))
  return subjects.filter(({ arn }) => isOneself(call, arn) || mayAsk(arn))
}

const namesIn = (policy: NamedPolicy): PrincipalName[] =>
  documentOf(policy.policy).statements.flatMap(({ principal }) => principal?.names ?? [])

/** A name of a policy as the ARN or service that it means; undefined for everyone, and for nobody. */
function meant(call: Call, name: PrincipalName): string | undefined {
  if (name.type === 'Service') return name.value
  const form = principalForm(name)
  if (form?.form === 'account') return rootArn(form.partition ?? call.place.partition, form.account)
  return form?.form === 'identity' ? form.arn : undefined
}

/** Sessions that are named one by one; roles and users of the account are there already. */
function ownSession(arn: string, here: readonly Subject[]): Subject | undefined {
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? []
  const of = here.find(({ identity }) => role !== undefined && identity.principal.role?.name === role)
  const identity = of && session !== undefined ? inSession(of.identity, session) : undefined
  return identity && subjectOf(identity, arn)
}

async function subjectNamed(
  call: Call,
  name: string,
  here: readonly Subject[],
): Promise<Subject | undefined> {
  if (!name.startsWith('arn:')) return askedPrincipal(call, name)
  const arn = parseArn(name)
  if (!arn || here.some((known) => known.arn === name)) return undefined
  return arn.account === call.account
    ? ownSession(name, here)
    : foreignSubject(name, arn.partition, arn.account)
}

/** Whom a grant names for it to concern a principal. */
const granteesOf = ({ kind, name, arn, role, partition, account }: Principal): readonly string[] =>
  kind === 'service' ? [name] : [arn, ...(role ? [role.arn] : []), rootArn(partition, account)]

function byGrantee(grants: readonly Grant[]): KeyPrincipals['grantsOf'] {
  const of = new Map<string, Grant[]>()
  for (const grant of grants) of.set(grant.grantee.name, [...(of.get(grant.grantee.name) ?? []), grant])
  return (principal) => granteesOf(principal).flatMap((name) => of.get(name) ?? [])
}

/** `policies`: those whose names count, as the one in force and a draft. */
export async function principalsOfKey(
  call: Call,
  key: LoadedKey,
  policies: readonly NamedPolicy[],
): Promise<KeyPrincipals> {
  const { services } = call
  const rows = key.row.hasGrants ? await grantsOfEachKind(services.database.sql, key.row) : []
  const grants = (await services.keys.genuineGrants(rows)).map(grantOf)
  const here = await everyoneHere(call)
  const names = new Set([
    ...policies.flatMap(namesIn).flatMap((name) => meant(call, name) ?? []),
    ...grants.map(({ grantee }) => grantee.name),
  ])
  const elsewhere: Subject[] = []
  for (const name of names) {
    const subject = await subjectNamed(call, name, here)
    if (subject) elsewhere.push(subject)
  }
  return { subjects: [...here, ...elsewhere], grantsOf: byGrantee(grants) }
}

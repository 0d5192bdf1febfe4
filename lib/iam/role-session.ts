/** What every way to assume a role shares: finding it, asking whom it trusts, and opening the session. */
import { parseArn, sessionArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call, OwnedResource } from '#lib/engine/call.ts'
import { policyOf } from '#lib/engine/identities.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import type { Sql } from '#lib/store/database.ts'
import { type RoleToAssume, readRoleToAssume } from '#lib/store/roles-to-assume.ts'
import { addTemporaryCredential, sweepTemporaryCredentials } from '#lib/store/temporary-credentials.ts'
import { type Credentials, draftCredentials } from './new-credentials.ts'
import type { SessionPolicies } from './session-policies.ts'

/** The role of an ARN, whether it is there or not: both are asked in the same way, and refused in the same words. */
export type NamedRole = {
  readonly arn: string
  readonly account: string
  readonly role: RoleToAssume | undefined
  /** What to judge a request for it by. */
  readonly owned: OwnedResource
}

/** The account that a role's ARN names. @throws ValidationException for what is no ARN of a role. */
export function roleNameOf(arn: string): { account: string; pathAndName: string; partition: string } {
  const parsed = parseArn(arn)
  if (parsed?.service !== 'iam' || parsed.region !== '' || !parsed.resource.startsWith('role/')) {
    throw new KmsError('ValidationException', `${arn} is invalid`)
  }
  const { account, partition, resource } = parsed
  return { account, partition, pathAndName: resource.slice('role'.length) }
}

const TRUSTS_NOBODY: NamedPolicy = {
  name: 'trust-policy',
  hash: '',
  policy: { kind: 'trust', text: '', statements: [], readable: true },
}

export async function findNamedRole(call: Call, arn: string): Promise<NamedRole> {
  const { account, partition, pathAndName } = roleNameOf(arn)
  const found = await readRoleToAssume(call.services.database.sql, account, pathAndName)
  // Partitions are worlds of their own.
  const role = partition === call.place.partition ? found?.role : undefined
  const policy = role ? policyOf('trust', role.trust) : TRUSTS_NOBODY
  return { arn, account, role, owned: { account, epoch: found?.epoch, policy } }
}

/** The role, once it is known that the caller may assume it. */
export function trusting({ role }: NamedRole): RoleToAssume {
  // Nobody is allowed anything by the trust policy of a role that is not there.
  if (!role) throw new KmsError('AccessDeniedException')
  return role
}

const HOUR = 3600

/** How long the session lasts. `chained`: a role opens it, which AWS gives an hour at most. */
export function sessionSeconds(role: RoleToAssume, asked: number | undefined, chained: boolean): number {
  const seconds = asked ?? HOUR
  if (chained && seconds > HOUR) {
    throw new KmsError(
      'ValidationException',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    )
  }
  if (seconds > role.maxSessionSeconds) {
    throw new KmsError(
      'ValidationException',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  return seconds
}

type NewSession = {
  readonly role: RoleToAssume
  readonly name: string
  readonly assumedBy: string
  readonly seconds: number
  readonly policies: SessionPolicies
  readonly tags: Readonly<Record<string, string>>
  readonly transitiveTags: readonly string[]
  readonly sourceIdentity: string | undefined
  readonly federatedProvider: string | undefined
}

export type AssumedRole = {
  readonly Credentials: Credentials
  readonly AssumedRoleUser: { readonly AssumedRoleId: string; readonly Arn: string }
  readonly PackedPolicySize?: number
  readonly SourceIdentity?: string
}

/** Opens the session with its event. `more` are members of the answer, `rows` what else happens with it. */
export async function openRoleSession<More extends object>(
  call: Call,
  session: NewSession,
  { more, rows }: { readonly more: More; readonly rows?: (sql: Sql) => Promise<void> },
): Promise<AssumedRole & More> {
  const { role, name, policies, seconds, sourceIdentity } = session
  const issuedAt = call.services.clock.real()
  const { row, credentials } = await draftCredentials(call.services.domainKeys, {
    account: role.account,
    principal: role.id,
    sessionName: name,
    assumedBy: session.assumedBy,
    policies: policies.texts,
    tags: session.tags,
    transitiveTags: session.transitiveTags,
    sourceIdentity: sourceIdentity ?? null,
    federatedProvider: session.federatedProvider ?? null,
    // A second factor of whoever assumes a role is not its session's.
    mfaAt: null,
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + seconds * 1000),
  })
  return call.change({
    rows: async (transaction) => {
      await rows?.(transaction.sql)
      await addTemporaryCredential(transaction, row)
      await sweepTemporaryCredentials(transaction, issuedAt)
    },
    output: {
      Credentials: credentials,
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:${name}`,
        Arn: sessionArn(call.place.partition, role.account, role.name, name),
      },
      ...(policies.packedSize !== undefined && { PackedPolicySize: policies.packedSize }),
      ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
      ...more,
    },
  })
}

/** STS AssumeRoleWithWebIdentity: credentials of a role for whoever holds a token that its trust policy trusts. */
import type { IdentityToken } from '#lib/domain/caller.ts'
import { AssumeRoleWithWebIdentityInput } from '#lib/domain/operations/sts.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { readProvider } from '#lib/store/identity-providers.ts'
import { loggedRole } from './assume-role.ts'
import { type AssumedRole, findNamedRole, openRoleSession, sessionSeconds, trusting } from './role-session.ts'
import { sessionPolicies } from './session-policies.ts'

const ACTION = 'sts:AssumeRoleWithWebIdentity'
const denied = () => new KmsError('AccessDeniedException', `Not authorized to perform ${ACTION}`)

/** The token, as long as the provider still takes it: both may have changed since it was verified. */
async function tokenOf({ caller, services, account }: Call): Promise<IdentityToken> {
  // A signature says who somebody is, and nothing of a provider's token.
  if (caller.credential.kind !== 'web-identity') throw denied()
  const { token } = caller.credential
  const provider = await readProvider(services.database.sql, account, token.issuer)
  if (!provider?.clientIds.some((id) => token.audiences.includes(id)))
    throw new KmsError('InvalidIdentityToken', 'Incorrect token audience')
  return token
}

/** AWS: where a token names who asked for it, that is its aud, and its audiences are oaud. */
const conditionsOf = ({ issuer, subject, audiences, authorizedParty, methods }: IdentityToken) => ({
  [`${issuer}:sub`]: subject,
  [`${issuer}:aud`]: authorizedParty ?? audiences,
  [`${issuer}:oaud`]: authorizedParty === undefined ? undefined : audiences,
  [`${issuer}:amr`]: methods.length > 0 ? methods : undefined,
})

type Asked = { readonly RoleArn: string; readonly RoleSessionName: string }

/** The token and the role that it may open. @throws AccessDeniedException where the role's trust policy does not say so. */
export async function permitTokenHolder(call: Call, input: Asked) {
  const token = await tokenOf(call)
  const named = await findNamedRole(call, input.RoleArn)
  if (named.account !== call.account) throw denied()
  const conditions = { 'sts:RoleSessionName': input.RoleSessionName, ...conditionsOf(token) }
  const words = denied().message
  const { arn: resource, owned } = named
  await call.permit({ resource, owned, provider: token.provider, conditions, words })
  const role = trusting(named)
  call.mention({ type: 'AWS::IAM::Role', arn: named.arn, accountId: role.account })
  return { token, role }
}

type Answer = AssumedRole & {
  readonly SubjectFromWebIdentityToken: string
  readonly Provider: string
  readonly Audience: string
}

export const AssumeRoleWithWebIdentity = operation({
  name: 'AssumeRoleWithWebIdentity',
  service: 'STS',
  action: ACTION,
  input: AssumeRoleWithWebIdentityInput,
  class: 'auth',
  logged: {
    request: (input) => ({
      roleArn: input.RoleArn,
      roleSessionName: input.RoleSessionName,
      durationSeconds: input.DurationSeconds,
      policy: input.Policy,
      policyArns: input.PolicyArns,
      providerId: input.ProviderId,
    }),
    response: (output: Answer) => ({
      ...loggedRole(output),
      subjectFromWebIdentityToken: output.SubjectFromWebIdentityToken,
      provider: output.Provider,
      audience: output.Audience,
    }),
  },
  async run(call, input): Promise<Answer> {
    const { token, role } = await permitTokenHolder(call, input)
    const seconds = sessionSeconds(role, input.DurationSeconds, false)
    const policies = await sessionPolicies(call.services.database.sql, role.account, { ...input, tags: {} })
    const { subject, provider, audiences } = token
    const session = {
      ...{ role, name: input.RoleSessionName, assumedBy: provider, seconds, policies },
      ...{ tags: {}, transitiveTags: [], sourceIdentity: undefined, federatedProvider: provider },
    }
    const more = { SubjectFromWebIdentityToken: subject, Provider: provider, Audience: audiences[0] ?? '' }
    return openRoleSession(call, session, { more })
  },
})

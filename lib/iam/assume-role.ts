/** STS AssumeRole: credentials of a role, for whoever its trust policy and their own policies allow (facts §18.2). */
import type { z } from 'zod'
import { AssumeRoleInput } from '#lib/domain/operations/sts.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { loggedCredentials } from './new-credentials.ts'
import {
  type AssumedRole,
  findNamedRole,
  type NamedRole,
  openRoleSession,
  sessionSeconds,
  trusting,
} from './role-session.ts'
import { secondFactor, spendFactor } from './second-factor.ts'
import { sessionPolicies } from './session-policies.ts'
import { type SessionTags, sessionTags } from './session-tags.ts'

type Input = z.infer<typeof AssumeRoleInput>

/** A source identity, once set, is that of every session in the chain. */
function sourceIdentityOf(
  { identity }: Call,
  named: NamedRole,
  asked: string | undefined,
): string | undefined {
  const held = identity.session?.sourceIdentity
  if (held !== undefined && asked !== undefined && asked !== held) {
    const text = `User: ${identity.principal.arn} is not authorized to perform: sts:SetSourceIdentity on resource: ${named.arn}`
    throw new KmsError('AccessDeniedException', text)
  }
  return held ?? asked
}

/** What of a request its conditions are about. */
type Named = Pick<Input, 'ExternalId' | 'RoleSessionName'>
type Wish = { readonly tags: SessionTags; readonly source: string | undefined; readonly withFactor: boolean }

function conditionsOf(input: Named, { role }: NamedRole, { tags, source }: Wish): ConditionValues {
  const ofRole = Object.entries(role?.tags ?? {})
  return {
    'sts:ExternalId': input.ExternalId,
    'sts:RoleSessionName': input.RoleSessionName,
    'sts:SourceIdentity': source,
    ...tags.conditions,
    ...Object.fromEntries(
      ofRole.flatMap(([key, value]) => [
        [`aws:ResourceTag/${key}`, value],
        [`iam:ResourceTag/${key}`, value],
      ]),
    ),
  }
}

/** To pass tags or a source identity, or to hand them on, is a permission of its own. */
const actionsOf = ({ tags, source }: Wish) => [
  'sts:AssumeRole',
  ...(Object.keys(tags.tags).length > 0 ? ['sts:TagSession'] : []),
  ...(source !== undefined ? ['sts:SetSourceIdentity'] : []),
]

const SHOWN = { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' }

/** Whether the caller's policies and the role's trust allow it, each action that it takes. @throws AccessDenied. */
export async function permitAssumption(
  call: Call,
  input: Named,
  { named, wish }: { named: NamedRole; wish: Wish },
): Promise<void> {
  const conditions = conditionsOf(input, named, wish)
  for (const action of actionsOf(wish)) {
    // AWS says neither why nor whether the role is there.
    const words = `User: ${call.identity.principal.arn} is not authorized to perform: ${action} on resource: ${named.arn}`
    const { arn: resource, owned } = named
    await call.permit({
      action,
      resource,
      owned,
      conditions,
      words,
      ...(wish.withFactor && { instead: SHOWN }),
    })
  }
}

export const AssumeRole = operation({
  name: 'AssumeRole',
  service: 'STS',
  action: 'sts:AssumeRole',
  input: AssumeRoleInput,
  class: 'auth',
  logged: {
    request: (input) => ({
      roleArn: input.RoleArn,
      roleSessionName: input.RoleSessionName,
      durationSeconds: input.DurationSeconds,
      policy: input.Policy,
      policyArns: input.PolicyArns,
      tags: input.Tags?.map(({ Key, Value }) => ({ key: Key, value: Value })),
      transitiveTagKeys: input.TransitiveTagKeys,
      externalId: input.ExternalId,
      serialNumber: input.SerialNumber,
      sourceIdentity: input.SourceIdentity,
    }),
    response: loggedRole,
  },
  async run(call, input): Promise<AssumedRole> {
    const { principal } = call.identity
    if (principal.kind === 'root')
      throw new KmsError('AccessDeniedException', 'Roles may not be assumed by root accounts.')
    const tags = sessionTags(call.identity, input)
    const named = await findNamedRole(call, input.RoleArn)
    const source = sourceIdentityOf(call, named, input.SourceIdentity)
    const factor = await secondFactor(call, input)
    await permitAssumption(call, input, { named, wish: { tags, source, withFactor: factor !== undefined } })
    const role = trusting(named)
    const seconds = sessionSeconds(role, input.DurationSeconds, principal.kind === 'role')
    const policies = await sessionPolicies(call.services.database.sql, role.account, {
      ...input,
      tags: tags.tags,
    })
    call.mention({ type: 'AWS::IAM::Role', arn: named.arn, accountId: role.account })
    const session = {
      ...{
        role,
        name: input.RoleSessionName,
        assumedBy: principal.arn,
        seconds,
        policies,
        sourceIdentity: source,
      },
      ...{ tags: tags.tags, transitiveTags: tags.transitive, federatedProvider: undefined },
    }
    return openRoleSession(call, session, { more: {}, rows: (sql) => spendFactor(sql, factor) })
  },
})

/** What CloudTrail says of an assumed role. */
export function loggedRole(output: AssumedRole) {
  const { AssumedRoleUser: user } = output
  return {
    credentials: loggedCredentials(output.Credentials),
    assumedRoleUser: { assumedRoleId: user.AssumedRoleId, arn: user.Arn },
    packedPolicySize: output.PackedPolicySize,
    sourceIdentity: output.SourceIdentity,
  }
}

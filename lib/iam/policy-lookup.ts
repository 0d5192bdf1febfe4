/** Managed policies as requests name them: by ARN. Only those of an account's own exist here; AWS's do not. */
import { parseArn, policyArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { findManagedPolicy, type ManagedPolicyRow } from '#lib/store/managed-policies.ts'
import { managedPolicyTags } from '#lib/store/managed-policy-tags.ts'
import { resourceTagValues } from './principal-tags.ts'

const RESOURCE = /^policy(\/(?:[!-~]*\/)?)([\w+=,.@-]{1,128})$/

export const arnOfPolicy = (call: Call, { path, name }: { readonly path: string; readonly name: string }) =>
  policyArn(call.identity.principal.partition, call.account, path, name)

/** The policy of the caller's account that an ARN names, without asking anything. @throws InvalidInput */
export async function policyByArn(call: Call, arn: string): Promise<ManagedPolicyRow | undefined> {
  const parsed = parseArn(arn)
  const [, path, name] = RESOURCE.exec(parsed?.resource ?? '') ?? []
  if (parsed?.service !== 'iam' || path === undefined || name === undefined)
    throw new KmsError('InvalidInput', `ARN ${arn} is not valid.`)
  if (parsed.account !== call.account || parsed.partition !== call.identity.principal.partition)
    return undefined
  return findManagedPolicy(call.services.database, { account: call.account, path, name })
}

/**
 * The policy, if the caller may do this to it.
 * @throws AccessDeniedException, NoSuchEntity
 */
export async function permittedPolicy(
  call: Call,
  arn: string,
  conditions: ConditionValues = {},
): Promise<ManagedPolicyRow> {
  const policy = await policyByArn(call, arn)
  const tags = policy && (await managedPolicyTags(call.services.database, policy.id))
  await call.permit({
    resource: arn,
    shown: `policy ${arn}`,
    conditions: { ...resourceTagValues(tags), ...conditions },
  })
  if (!policy) throw new KmsError('NoSuchEntity', `Policy ${arn} was not found.`)
  return policy
}

/** The policy to be attached. @throws NoSuchEntity */
export async function attachablePolicy(call: Call, arn: string): Promise<ManagedPolicyRow> {
  const policy = await policyByArn(call, arn)
  if (!policy) throw new KmsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`)
  return policy
}

/** The policy that is to bound somebody. @throws NoSuchEntity */
export async function boundingPolicy(call: Call, arn: string): Promise<ManagedPolicyRow> {
  const policy = await policyByArn(call, arn)
  if (!policy) throw new KmsError('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`)
  return policy
}

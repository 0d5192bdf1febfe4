/** IAM SimulatePrincipalPolicy and SimulateCustomPolicy: what would be decided, about requests that nobody makes. */
import type { z } from 'zod'
import { parseArn } from '#lib/domain/arn.ts'
import { SimulateCustomPolicyInput, SimulatePrincipalPolicyInput } from '#lib/domain/operations/simulate.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { Identity } from '#lib/engine/identities.ts'
import { operation } from '#lib/engine/operation.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import { type Page, pageOf } from './paging.ts'
import { bareIdentity, identityNamed, supposed } from './simulated-identity.ts'
import { type EvaluationResult, type Simulation, simulate } from './simulation.ts'

type Input = Omit<z.infer<typeof SimulatePrincipalPolicyInput>, 'PolicySourceArn'>
type Simulated = { readonly EvaluationResults: readonly EvaluationResult[] } & Page

/** The identity with what was handed in: more policies, and a boundary in place of its own. */
function withSupposed(
  identity: Identity,
  policies: readonly NamedPolicy[],
  boundaries: readonly NamedPolicy[],
): Identity {
  const [boundary] = boundaries
  if (boundaries.length > 1)
    throw new KmsError('InvalidInput', 'PermissionsBoundaryPolicyInputList takes one policy.')
  return {
    ...identity,
    policies: [...identity.policies, ...policies],
    boundary: boundary ?? identity.boundary,
  }
}

/** An account's number, or the ARN of anything in it. */
const accountOf = (owner: string | undefined) =>
  owner && (/^\d{12}$/.test(owner) ? owner : parseArn(owner)?.account)

const contextOf = ({ ContextEntries = [] }: Input) =>
  Object.fromEntries(
    ContextEntries.map(({ ContextKeyName, ContextKeyValues = [] }) => [ContextKeyName, ContextKeyValues]),
  )

/** Every action on every resource; a resource policy says who asks, so it needs to be known who that is. */
function simulationsOf(identity: Identity, input: Input): Simulation[] {
  const { ResourceArns = ['*'], ResourcePolicy: resourcePolicy, ActionNames } = input
  const shared = {
    identity,
    resourcePolicy,
    owner: accountOf(input.ResourceOwner),
    context: contextOf(input),
  }
  const resources = ResourceArns.length === 0 ? ['*'] : ResourceArns
  return resources.flatMap((resource) => ActionNames.map((action) => ({ ...shared, resource, action })))
}

async function run(call: Call, source: Identity, input: Input): Promise<Simulated> {
  const policies = supposed(input.PolicyInputList ?? [], 'PolicyInputList')
  const boundaries = supposed(
    input.PermissionsBoundaryPolicyInputList ?? [],
    'PermissionsBoundaryPolicyInputList',
  )
  const identity = withSupposed(source, policies, boundaries)
  const all = simulationsOf(identity, input).map((simulation, index) => ({
    simulation,
    place: String(index).padStart(6, '0'),
  }))
  const { rows, more } = pageOf(call, { all, by: ({ place }) => place, page: input })
  const results: EvaluationResult[] = []
  for (const { simulation } of rows) results.push(await simulate(call, simulation))
  return { EvaluationResults: results, ...more }
}

const logged = (input: Input) => ({
  actionNames: input.ActionNames,
  resourceArns: input.ResourceArns,
  callerArn: input.CallerArn,
})

export const SimulatePrincipalPolicy = operation({
  name: 'SimulatePrincipalPolicy',
  service: 'IAM',
  action: 'iam:SimulatePrincipalPolicy',
  input: SimulatePrincipalPolicyInput,
  class: 'read',
  logged: { request: (input) => ({ policySourceArn: input.PolicySourceArn, ...logged(input) }) },
  async run(call, input) {
    await call.permit({ resource: input.PolicySourceArn })
    const source = await identityNamed(call, input.PolicySourceArn)
    // Who asks may be another than whose policies are tried: a user for a group's.
    const asking = input.CallerArn === undefined ? source : await identityNamed(call, input.CallerArn)
    return run(call, { ...source, principal: asking.principal, tags: asking.tags }, input)
  },
})

export const SimulateCustomPolicy = operation({
  name: 'SimulateCustomPolicy',
  service: 'IAM',
  action: 'iam:SimulateCustomPolicy',
  input: SimulateCustomPolicyInput,
  class: 'read',
  logged: { request: logged },
  async run(call, input) {
    await call.permit()
    const bare = bareIdentity(call)
    if (input.CallerArn === undefined) return run(call, bare, input)
    const { principal, tags } = await identityNamed(call, input.CallerArn)
    return run(call, { ...bare, principal, tags }, input)
  },
})

/**
 * One simulated request: the question that the door would put to lib/policy, with what of it is only supposed, and the
 * answer in IAM's words. Keys of the caller's account bring their own policies and grants.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { KEY_ID, parseArn } from '#lib/domain/arn.ts'
import { grantOperationOf } from '#lib/domain/grant.ts'
import type { Call } from '#lib/engine/call.ts'
import type { Identity } from '#lib/engine/identities.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { questionOf } from '#lib/engine/question.ts'
import { type ConditionValues, conditionContext } from '#lib/engine/request-context.ts'
import { compilePolicy } from '#lib/policy/compile.ts'
import { decide } from '#lib/policy/decide.ts'
import type { Decision, Question, StatementRef } from '#lib/policy/decision.ts'
import { type MatchedStatement, matchedStatements } from './matched-statements.ts'

export type Simulation = {
  readonly identity: Identity
  readonly action: string
  readonly resource: string
  /** The account that owns the resource, where its ARN does not say so. */
  readonly owner: string | undefined
  readonly resourcePolicy: string | undefined
  readonly context: ConditionValues
}

export type EvaluationResult = {
  readonly EvalActionName: string
  readonly EvalResourceName: string
  readonly EvalDecision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  readonly MatchedStatements: readonly MatchedStatement[]
  readonly MissingContextValues: readonly string[]
  readonly OrganizationsDecisionDetail?: { readonly AllowedByOrganizations: boolean }
  readonly PermissionsBoundaryDecisionDetail?: { readonly AllowedByPermissionsBoundary: boolean }
}

const DECISIONS = {
  allowed: 'allowed',
  'explicit-deny': 'explicitDeny',
  'implicit-deny': 'implicitDeny',
} as const

/** Of a request that nobody makes these are not known: without an entry they are missing. */
const OF_REQUESTS = ['aws:useragent', 'aws:securetransport', 'aws:viaawsservice']

/** A key of the caller's account and partition; what other accounts' keys say is theirs to tell. */
async function keyOf({ services, account, place }: Call, resource: string): Promise<LoadedKey | undefined> {
  const arn = parseArn(resource)
  const id = arn?.service === 'kms' && arn.resource.startsWith('key/') ? arn.resource.slice(4) : ''
  if (arn?.account !== account || arn.partition !== place.partition || !KEY_ID.test(id)) return undefined
  return services.keys.byId({ account, region: arn.region, id })
}

function contextOf(call: Call, { identity, context }: Simulation, key: LoadedKey | undefined) {
  const facts = {
    ...{ identity, address: '', userAgent: '', secure: false, region: key?.row.region ?? call.region },
    ...{ now: call.now, realNow: call.services.clock.real(), vpcEndpoint: undefined, through: undefined },
  }
  const values = conditionContext(facts, key, {})
  for (const name of OF_REQUESTS) values.delete(name)
  // What is entered stands in place of what would be there.
  for (const [name, entered] of Object.entries(context)) {
    if (entered !== undefined) values.set(name.toLowerCase(), [entered].flat())
  }
  return values
}

const kindOf = (resource: string) => (parseArn(resource)?.service === 'iam' ? 'trust' : 'key')

function resourcePolicyOf({ resourcePolicy, resource }: Simulation, key: LoadedKey | undefined) {
  if (resourcePolicy === undefined) return key?.policy ?? null
  const hash = sha256(resourcePolicy).toString('hex')
  return { name: 'ResourcePolicy', hash, policy: compilePolicy(resourcePolicy, kindOf(resource)) }
}

/** As the door asks: grants only where the policies are silent. */
async function judge(
  call: Call,
  simulation: Simulation,
): Promise<{ question: Question; decision: Decision }> {
  const key = await keyOf(call, simulation.resource)
  const { identity, action, resource, owner } = simulation
  const account = parseArn(resource)?.account || (owner ?? identity.account)
  const question = questionOf(identity, {
    action,
    resource: { arn: resource, account },
    resourcePolicy: resourcePolicyOf(simulation, key),
    context: contextOf(call, simulation, key),
  })
  const decision = decide(question)
  if (decision.verdict !== 'implicit-deny' || !key?.row.hasGrants || !grantOperationOf(action))
    return { question, decision }
  const grants = await call.services.keys.grants(key, identity.principal)
  return { question, decision: decide({ ...question, grants }) }
}

const passed = (decision: Decision, name: Decision['gates'][number]['gate']) =>
  decision.gates.find(({ gate }) => gate === name)?.result === 'pass'

/** Statements that speak for the decision: the deciding one, and those that let it get so far. */
function refsOf({ deciding, gates, verdict }: Decision): StatementRef[] {
  const met = verdict === 'allowed' ? gates.flatMap(({ by }) => by ?? []) : []
  const all = [...(deciding ? [deciding] : []), ...met]
  const named = new Map(all.map((ref) => [`${ref.policy.kind} ${ref.policy.name} ${ref.index}`, ref]))
  return [...named.values()]
}

/** The answer for one action on one resource. */
export async function simulate(call: Call, simulation: Simulation): Promise<EvaluationResult> {
  const { question, decision } = await judge(call, simulation)
  const { guardrails, boundary } = simulation.identity
  return {
    EvalActionName: simulation.action,
    EvalResourceName: simulation.resource,
    EvalDecision: DECISIONS[decision.verdict],
    MatchedStatements: matchedStatements(question, refsOf(decision)),
    MissingContextValues: [...decision.read].filter(([, values]) => values === null).map(([name]) => name),
    ...(guardrails.length > 0 && {
      OrganizationsDecisionDetail: { AllowedByOrganizations: passed(decision, 'guardrails') },
    }),
    ...(boundary && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: passed(decision, 'boundary') },
    }),
  }
}

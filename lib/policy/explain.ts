/**
 * Why a decision fell as it did: every statement that may bear on a question, which of its elements fit, and what its
 * conditions compared with what. Pure, and only for answers to people: decisions themselves are made in decide.ts.
 */
import type { ExplainedCondition, ExplainedStatement } from '#lib/domain/access.ts'
import { type PolicyDocument, readPolicy } from '#lib/domain/policy-grammar.ts'
import { describeStatement } from '#lib/domain/policy-sentences.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import { type Asker, askerOf, type CompiledPolicy, type CompiledStatement } from './compile.ts'
import { compileConditions } from './conditions.ts'
import type { NamedPolicy, PolicyRole, Question, StatementRef } from './decision.ts'
import type { ConditionContext, Evidence } from './pattern.ts'

/** A statement explained, with what only gates need. */
export type Near = {
  readonly statement: ExplainedStatement
  /** How its Principal element names the caller: itself, or through its account. */
  readonly names: 'caller' | 'account' | null
  /** How many of principal, action, resource and conditions do not fit. */
  readonly lacks: number
}

/** The policies of a question with what each is to it, in the order they are asked. */
export function policiesOf(
  question: Question,
): { readonly role: PolicyRole; readonly policy: NamedPolicy }[] {
  const { guardrails, identityPolicies, boundary, sessionPolicies, resourcePolicy } = question
  const as = (role: PolicyRole, policies: readonly (NamedPolicy | null | undefined)[] | undefined) =>
    (policies ?? []).flatMap((policy) => (policy ? [{ role, policy }] : []))
  return [
    ...as('guardrail', guardrails),
    ...as('identity', identityPolicies),
    ...as('boundary', [boundary]),
    ...as('session', sessionPolicies),
    ...as('resource', [resourcePolicy]),
  ]
}

/** Everything that explaining a question works with. */
type Scene = {
  readonly question: Question
  readonly asker: Asker
  readonly evidence: Evidence
  readonly isKnown: (key: string) => boolean
}

/**
 * Every statement of every policy of a question, in order. `recorded`: the condition values that were read when the
 * decision was made; clauses on others were not looked at then, and are left out.
 */
export function explain(question: Question, recorded?: ReadonlyMap<string, unknown>): Near[] {
  const scene: Scene = {
    question,
    asker: askerOf(question.principal, question.provider),
    evidence: { context: question.context, read: new Map() },
    isKnown: (key) => recorded?.has(key) ?? true,
  }
  return policiesOf(question).flatMap(({ role, policy }) => explainPolicy(scene, role, policy))
}

/** A policy is read again when it is explained, and kept as long as its compiled form. */
const documents = new WeakMap<CompiledPolicy, PolicyDocument>()

/** The grammar of a compiled policy. */
export function documentOf(policy: CompiledPolicy): PolicyDocument {
  const known = documents.get(policy) ?? readPolicy(policy.text, policy.kind)
  documents.set(policy, known)
  return known
}

function explainPolicy(scene: Scene, role: PolicyRole, policy: NamedPolicy): Near[] {
  return policy.policy.statements.map((statement) => explainStatement(scene, { role, policy, statement }))
}

type Place = {
  readonly role: PolicyRole
  readonly policy: NamedPolicy
  readonly statement: CompiledStatement
}

function explainStatement(scene: Scene, place: Place): Near {
  const { question, asker, evidence } = scene
  const { role, policy, statement } = place
  const document = documentOf(policy.policy)
  // A policy or statement that cannot be read was compiled to one that denies everything.
  const parsed =
    document.readable && !document.unreadable.has(statement.index)
      ? document.statements[statement.index]
      : undefined
  const named = statement.names(asker)
  const names = named.caller ? 'caller' : named.account ? 'account' : null
  const action = statement.hasAction(question.action.toLowerCase())
  const resource = statement.hasResource(question.resource.arn, evidence)
  const conditions = parsed ? explainConditions(scene, parsed, document.variables) : []
  const fits = [names !== null, action, resource, statement.holds(evidence)]
  return {
    names,
    lacks: fits.filter((fit) => !fit).length,
    statement: {
      PolicyRole: role,
      PolicyName: policy.name,
      Index: statement.index,
      Sid: statement.sid,
      Effect: statement.effect,
      ...quoted(policy.policy.text, document, parsed, question.resource.account),
      Principal: names !== null,
      Action: action,
      Resource: resource,
      Conditions: conditions,
    },
  }
}

/** Up to the first clause that did not hold: so far a decision reads. */
function explainConditions(scene: Scene, parsed: ParsedStatement, variables: boolean): ExplainedCondition[] {
  const effect = parsed.effect ?? 'Deny'
  const clauses = parsed.conditions.filter(({ key }) => scene.isKnown(key.toLowerCase()))
  return clauses.map((clause) => ({
    Operator: clause.written,
    Key: clause.key,
    Values: clause.values,
    Saw: valuesOf(scene.question.context, clause.key.toLowerCase()),
    Holds: compileConditions([clause], { effect, variables })(scene.evidence),
  }))
}

function valuesOf(context: ConditionContext, key: string): readonly string[] | null {
  const values = context.get(key)
  return values && values.length > 0 ? values : null
}

const UNREADABLE = 'This cannot be understood, and so it denies everything.'

/** What a statement says, and where. */
function quoted(
  text: string,
  { places }: PolicyDocument,
  parsed: ParsedStatement | undefined,
  account: string,
): Pick<ExplainedStatement, 'Sentence' | 'Text' | 'Line'> {
  if (!parsed) return { Sentence: UNREADABLE, Text: null, Line: null }
  const span = (places.get(`/Statement/${parsed.index}`) ?? places.get('/Statement'))?.value
  return {
    Sentence: describeStatement(parsed, account).sentence,
    Text: span ? text.slice(span.from, span.to) : null,
    Line: span ? text.slice(0, span.from).split('\n').length : null,
  }
}

/** Whether an explained statement is the one that a decision names. */
export const isThe = (
  ref: StatementRef | null,
  { PolicyRole: role, PolicyName: name, Index: index }: ExplainedStatement,
) => ref !== null && ref.policy.kind === role && ref.policy.name === name && ref.index === index

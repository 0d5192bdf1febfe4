/** Values of a request that would turn a decision around: what its conditions would have to see. Candidates only. */
import type { Remedy } from '#lib/domain/access.ts'
import type { ParsedCondition } from '#lib/domain/policy-condition.ts'
import { type Condition, compileConditions } from './conditions.ts'
import type { Question } from './decision.ts'
import { documentOf, explain, type Near, policiesOf } from './explain.ts'
import { requestKeysOf } from './request-keys.ts'

/** A change, and the question as it would be after it. */
export type Trial = { readonly remedy: Remedy; readonly after: Question }

/** Statements that only their conditions keep from allowing, or that only their conditions make deny. */
const turnsOnConditions = ({ statement, names }: Near) =>
  names !== null && statement.Action && statement.Resource && statement.Conditions.length > 0

/** Requests that differ only in what conditions compare: one for each statement that turns on them. */
export function valuesThatWouldDo(question: Question): Trial[] {
  return explain(question)
    .filter(turnsOnConditions)
    .flatMap((near) => trialsOf(question, near))
}

type Values = Readonly<Record<string, readonly string[] | null>>

/** The clauses of a statement that stand in the way: of an Allow those that fail, of a Deny those that hold. */
function inTheWay(question: Question, { statement }: Near): { clause: ParsedCondition; holds: Condition }[] {
  const { PolicyRole: role, PolicyName: name, Index: index, Effect: effect } = statement
  const of = policiesOf(question).find((entry) => entry.role === role && entry.policy.name === name)
  if (!of) return []
  const { statements, variables } = documentOf(of.policy.policy)
  const clauses = statements[index]?.conditions ?? []
  return clauses
    .map((clause) => ({ clause, holds: compileConditions([clause], { effect, variables }) }))
    .filter(({ holds }) => holds({ context: question.context, read: new Map() }) === (effect === 'Deny'))
}

function trialsOf(question: Question, near: Near): Trial[] {
  const isDeny = near.statement.Effect === 'Deny'
  const isUnknown = requestKeysOf(question.principal)
  const found = inTheWay(question, near).flatMap(({ clause, holds }) => {
    if (!isUnknown(clause.key.toLowerCase())) return [undefined]
    const does = (values: Tried) =>
      holds({ context: contextWith(question, { [clause.key]: values }), read: new Map() }) !== isDeny
    const values = candidates(clause.values).find(does)
    return values === undefined ? [undefined] : [{ [clause.key]: values }]
  })
  // An Allow needs every clause to hold; of a Deny it is enough that one does not.
  if (isDeny) return found.flatMap((values) => (values ? [requestTrial(question, values)] : []))
  if (found.length === 0 || found.includes(undefined)) return []
  return [requestTrial(question, Object.assign({}, ...found))]
}

type Tried = readonly string[] | null

/** Values worth trying for a clause: those it names, the two words of booleans, and none at all. */
const candidates = (values: readonly string[]): Tried[] => [
  ...values.filter((value) => !/[*?]|\$\{/.test(value)).map((value) => [value]),
  ...values.map((value) => [value.replaceAll(/[*?]/g, '')]),
  ['true'],
  ['false'],
  null,
]

function contextWith(question: Question, values: Values): Question['context'] {
  const context = new Map(question.context)
  for (const [key, given] of Object.entries(values)) {
    if (given === null) context.delete(key.toLowerCase())
    else context.set(key.toLowerCase(), given)
  }
  return context
}

const CONTEXT = 'kms:encryptioncontext:'

function valueWords([key, values]: [string, readonly string[] | null]): string {
  const name = key.toLowerCase().startsWith(CONTEXT) ? `encryption context ${key.slice(CONTEXT.length)}` : key
  return values === null ? `${name} absent` : `${name} = ${values.join(', ')}`
}

function requestTrial(question: Question, values: Values): Trial {
  return {
    after: { ...question, context: contextWith(question, values) },
    remedy: {
      Sentence: `Ask with ${Object.entries(values).map(valueWords).join(' and ')}.`,
      Where: 'request',
      Statement: null,
    },
  }
}

/**
 * The smallest change that would turn a decision around. Every one that is offered was tried: the question is decided
 * again under it, and what does not flip the answer is no remedy. Pure.
 */
import type { Remedy } from '#lib/domain/access.ts'
import { adding, type Draft, without } from './amend.ts'
import { decide } from './decide.ts'
import type { Decision, PolicyRole, Question, StatementRef } from './decision.ts'
import { explain, isThe } from './explain.ts'
import { policyWords, statementWords } from './policy-words.ts'
import { type Trial, valuesThatWouldDo } from './request-remedy.ts'

/**
 * Null where no single change, nor two together, were found to flip it. `open`: whether whoever is told may know what
 * the policies say; else only what would have to be added is told.
 */
export function remedyOf(question: Question, decision: Decision, open = true): Remedy | null {
  if (!open) return decision.verdict === 'implicit-deny' ? given(question, decision) : null
  if (decision.allowed) return takenAway(question, decision)
  const byRequest = tryAll(valuesThatWouldDo(question), true)
  if (byRequest) return byRequest
  return decision.deciding ? narrowed(question, decision.deciding) : given(question, decision)
}

const flips = ({ after }: Trial, wanted: boolean) => decide(after).allowed === wanted
const tryAll = (trials: readonly Trial[], wanted: boolean): Remedy | null =>
  trials.find((trial) => flips(trial, wanted))?.remedy ?? null

const WHERE = {
  resource: 'key-policy',
  identity: 'identity-policy',
  boundary: 'boundary',
  session: 'session-policy',
  guardrail: 'guardrail',
} as const satisfies Record<PolicyRole, Remedy['Where']>

const kindOf = ({ resourcePolicy }: Question) => resourcePolicy?.policy.kind ?? 'key'
const json = (statement: Draft) => JSON.stringify(statement, null, 2)

/** Sessions are named by their role: a session is gone tomorrow. */
const nameOf = ({ principal }: Question) => principal.role?.arn ?? principal.arn
const shortOf = (question: Question) => nameOf(question).split(':').at(-1) ?? ''

const principalElement = (question: Question) =>
  question.principal.kind === 'service' ? { Service: question.principal.name } : { AWS: nameOf(question) }

/** The statement of a policy of this role that would say it of this request. */
function draftFor(question: Question, role: PolicyRole, effect: 'Allow' | 'Deny'): Draft {
  const { action, resource } = question
  if (role !== 'resource') return { Effect: effect, Action: action, Resource: resource.arn }
  const said = { Effect: effect, Principal: principalElement(question), Action: action }
  return kindOf(question) === 'trust' ? said : { ...said, Resource: '*' }
}

const HOLDERS: Record<PolicyRole, (question: Question) => string> = {
  resource: (question) => `in ${policyWords('resource', '', kindOf(question))}`,
  identity: (question) => `in an identity policy of ${shortOf(question)}`,
  boundary: ({ boundary }) => `in ${policyWords('boundary', boundary?.name ?? '')}`,
  session: () => 'in the session policy',
  guardrail: () => 'in a guardrail of the account',
}

function addition(question: Question, role: PolicyRole): Trial {
  const statement = draftFor(question, role, 'Allow')
  return {
    after: adding(question, role, statement),
    remedy: {
      Sentence: `Allow ${question.action} to ${shortOf(question)} ${HOLDERS[role](question)}.`,
      Where: WHERE[role],
      Statement: json(statement),
    },
  }
}

/** Who has identity policies at all; root and services are named or nothing. */
const hasIdentityPolicies = ({ principal: { kind } }: Question) => kind === 'user' || kind === 'role'

/** The policies whose Allow could be missing: the one that the decision missed, then the narrowest first. */
function mayBeMissing(question: Question, reason?: string): PolicyRole[] {
  const all = policiesThatAllow(question)
  return [...all.filter((role) => reason === `no-${role}-policy` && LIMITS.has(role)), ...all]
}

/** Naming somebody in a key policy gets around these; that is a larger change than theirs. */
const LIMITS: ReadonlySet<PolicyRole> = new Set(['boundary', 'session', 'guardrail'])

function policiesThatAllow(question: Question): PolicyRole[] {
  return [
    ...(hasIdentityPolicies(question) ? (['identity'] as const) : []),
    ...(question.resourcePolicy ? (['resource'] as const) : []),
    ...(question.boundary ? (['boundary'] as const) : []),
    ...(question.sessionPolicies ? (['session'] as const) : []),
    ...(question.guardrails?.length ? (['guardrail'] as const) : []),
  ]
}

/** Silence: one statement that would allow it, or two that would together. */
function given(question: Question, { reason }: Decision): Remedy | null {
  const trials = mayBeMissing(question, reason).map((role) => addition(question, role))
  const one = tryAll(trials, true)
  if (one) return one
  for (const first of trials) {
    for (const role of mayBeMissing(question)) {
      const second = addition(first.after, role)
      if (flips(second, true)) return both(first.remedy, second.remedy)
    }
  }
  return null
}

const both = (first: Remedy, second: Remedy): Remedy => ({
  ...first,
  Sentence: `${first.Sentence} Then: ${lowered(second.Sentence)}`,
})
const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** A Deny: the statement that would have to leave this request out, and what else is missing then. */
function narrowed(question: Question, by: StatementRef): Remedy | null {
  let after = question
  const taken: StatementRef[] = []
  let deny: StatementRef | null = by
  // Several Denies may bear on one request.
  while (deny && taken.length < MOST_STATEMENTS) {
    taken.push(deny)
    after = without(after, deny)
    const then = decide(after)
    if (then.allowed) return narrowing(question, taken)
    deny = then.deciding
  }
  const then = decide(after)
  const more = then.deciding ? null : given(after, then)
  const first = narrowing(question, taken)
  return more && first ? both(first, more) : null
}

const MOST_STATEMENTS = 8

function narrowing(question: Question, taken: readonly StatementRef[]): Remedy | null {
  const [first] = taken
  if (!first) return null
  const listed = taken.map((ref) => statementWords(ref, kindOf(question))).join(', and ')
  return {
    Sentence: `Let ${listed} no longer deny ${question.action} to ${shortOf(question)}.`,
    Where: WHERE[first.policy.kind],
    Statement: textOf(question, first),
  }
}

/** The text of a statement that a decision named. */
function textOf(question: Question, ref: StatementRef): string | null {
  return explain(question).find(({ statement }) => isThe(ref, statement))?.statement.Text ?? null
}

/** What would take an allowed request away. */
function takenAway(question: Question, decision: Decision): Remedy | null {
  if (decision.grant) {
    const trial = {
      after: { ...question, grants: [] },
      remedy: { Sentence: `Revoke grant ${decision.grant.id}.`, Where: 'grant', Statement: null } as const,
    }
    if (flips(trial, false)) return trial.remedy
  }
  return (decision.deciding && removal(question, decision.deciding)) ?? denial(question)
}

/** Without the statement, or the few statements, that allow it. */
function removal(question: Question, by: StatementRef): Remedy | null {
  let after = question
  const taken: StatementRef[] = []
  let allow: StatementRef | null = by
  while (allow && taken.length < MOST_STATEMENTS) {
    taken.push(allow)
    after = without(after, allow)
    const then = decide(after)
    if (then.allowed) {
      allow = then.deciding
      continue
    }
    const listed = taken.map((ref) => statementWords(ref, kindOf(question))).join(', and ')
    return {
      Sentence: `Take ${question.action} for ${shortOf(question)} out of ${listed}.`,
      Where: WHERE[by.policy.kind],
      Statement: textOf(question, by),
    }
  }
  return null
}

function denial(question: Question): Remedy | null {
  const role = question.resourcePolicy ? 'resource' : 'identity'
  const statement = draftFor(question, role, 'Deny')
  const sentence = `Deny ${question.action} to ${shortOf(question)} ${HOLDERS[role](question)}.`
  const remedy = { Sentence: sentence, Where: WHERE[role], Statement: json(statement) }
  return tryAll([{ after: adding(question, role, statement), remedy }], false)
}

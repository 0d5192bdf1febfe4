/**
 * How those who cannot use a key could let themselves, with one call: the half of separating duties that key policies do
 * not show (console 3.13).
 */
import type { AccessColumn, Step } from '#lib/domain/access.ts'
import type { Call } from '#lib/engine/call.ts'
import { type Identity, policyOf } from '#lib/engine/identities.ts'
import { questionOf } from '#lib/engine/question.ts'
import { adding } from '#lib/policy/amend.ts'
import { decide } from '#lib/policy/decide.ts'
import type { NamedPolicy, Question } from '#lib/policy/decision.ts'
import { requestKeysOf } from '#lib/policy/request-keys.ts'
import { trustPolicies } from '#lib/store/access.ts'
import { type Candidate, isPath } from './access-marks.ts'
import { type Judged, mayUse } from './access-rows.ts'
import { shortArn } from './trace.ts'

/** So many steps of one principal, and so many others it could become: enough to see that it can. */
const MOST_STEPS = 5
const MOST_OTHERS = 25

/** A user or role that can use the key, and what it takes to become it. */
type Other = { readonly judged: Judged; readonly trust: NamedPolicy | null }

type Asking = { readonly candidate: Candidate; readonly account: string }
type Asked = { readonly action: string; readonly arn: string; readonly trust?: NamedPolicy | null }

/** Whether some request of the principal would be allowed. */
function could({ candidate, account }: Asking, { action, arn, trust = null }: Asked): boolean {
  const { subject, context } = candidate
  const question = questionOf(subject.identity, {
    action,
    resource: { arn, account },
    resourcePolicy: trust,
    context,
  })
  const assume = { favours: true, isUnknown: requestKeysOf(subject.identity.principal) }
  return decide({ ...question, assume }).allowed
}

/** Most principals may do nothing with identities: their policies say so faster than decisions do. */
const namesAction = ({ policies, principal }: Identity, action: string) =>
  principal.kind === 'root' ||
  policies.some(({ policy }) =>
    policy.statements.some(({ effect, hasAction }) => effect === 'Allow' && hasAction(action.toLowerCase())),
  )

const everything = (resource: string) => ({ Effect: 'Allow', Action: 'kms:*', Resource: resource })

/** Whether an identity policy that allows everything would let it use the key: the key leaves it to those. */
function isDelegated({ candidate }: Asking, columns: readonly AccessColumn[]): boolean {
  const { subject, key, policy, context } = candidate
  const assume = { favours: true, isUnknown: requestKeysOf(subject.identity.principal) }
  return columns.some(({ Action, Part }) => {
    if (Part !== 'use') return false
    const question: Question = questionOf(subject.identity, {
      action: `kms:${Action}`,
      resource: { arn: key.arn, account: key.row.account },
      resourcePolicy: policy,
      context,
    })
    return decide({ ...adding(question, 'identity', everything(key.arn)), assume }).allowed
  })
}

const OWN_POLICIES = {
  user: ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
  role: ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
} as const

function* ownPolicySteps(asking: Asking, columns: readonly AccessColumn[]): Generator<Step> {
  const { kind, arn, identity } = asking.candidate.subject
  if (kind !== 'user' && kind !== 'role') return
  const action = OWN_POLICIES[kind].find(
    (name) => namesAction(identity, name) && could(asking, { action: name, arn }),
  )
  if (action === undefined || !isDelegated(asking, columns)) return
  yield {
    Action: action,
    Sentence: 'May give itself an identity policy, to which the key leaves the decision.',
  }
}

function* keySteps({ marks }: Judged): Generator<Step> {
  const can = (action: string) => isPath(marks.get(action)?.mark ?? 'none')
  if (can('PutKeyPolicy'))
    yield { Action: 'kms:PutKeyPolicy', Sentence: 'May write itself into the key policy.' }
  if (can('CreateGrant')) yield { Action: 'kms:CreateGrant', Sentence: 'May give itself a grant.' }
}

/** Becoming someone else who can, or opening the way to them. */
function* otherSteps(asking: Asking, { judged, trust }: Other): Generator<Step> {
  const { subject } = judged.candidate
  const { identity, arn } = asking.candidate.subject
  if (subject.arn === arn) return
  const name = shortArn(subject.arn)
  if (subject.kind === 'user') {
    const step = { action: 'iam:CreateAccessKey', arn: subject.arn }
    if (namesAction(identity, step.action) && could(asking, step))
      yield { Action: step.action, Sentence: `May make an access key of ${name}, who can use the key.` }
    return
  }
  if (could(asking, { action: 'sts:AssumeRole', arn: subject.arn, trust }))
    yield { Action: 'sts:AssumeRole', Sentence: `May assume ${name}, which can use the key.` }
  const open = { action: 'iam:UpdateAssumeRolePolicy', arn: subject.arn }
  if (namesAction(identity, open.action) && could(asking, open))
    yield { Action: open.action, Sentence: `May let itself assume ${name}, which can use the key.` }
}

function* stepsFrom(
  judged: Judged,
  others: readonly Other[],
  columns: readonly AccessColumn[],
): Generator<Step> {
  const { candidate } = judged
  const asking = { candidate, account: candidate.key.row.account }
  yield* keySteps(judged)
  if (!candidate.subject.ours || candidate.subject.kind === 'service') return
  yield* ownPolicySteps(asking, columns)
  for (const other of others) yield* otherSteps(asking, other)
}

function firstOf<T>(all: Iterable<T>, most: number): T[] {
  const taken: T[] = []
  for (const one of all) if (taken.push(one) === most) break
  return taken
}

/** Steps on the key itself and on one's own policies, for lists of keys: others are not judged there. */
export const ownSteps = (judged: Judged, columns: readonly AccessColumn[]): Step[] => [
  ...stepsFrom(judged, [], columns),
]

/** The steps of each principal who cannot use the key, given everybody. */
export async function stepsAmong(
  call: Call,
  everybody: readonly Judged[],
  columns: readonly AccessColumn[],
): Promise<(judged: Judged) => Step[]> {
  const able = everybody.filter((judged) => {
    const { kind, ours } = judged.candidate.subject
    return ours && (kind === 'user' || kind === 'role') && mayUse(judged, columns)
  })
  const trusts = await trustPolicies(call.services.database.sql, call.account)
  const others = able.slice(0, MOST_OTHERS).map((judged): Other => {
    const stored = trusts.get(judged.candidate.subject.identity.principal.role?.id ?? '')
    return { judged, trust: stored ? policyOf('trust', stored) : null }
  })
  return (judged) => firstOf(stepsFrom(judged, others, columns), MOST_STEPS)
}

/** May somebody do something, and why: as it is now, or as a key policy that is only drafted would have it. */
import type { z } from 'zod'
import type { Explanation, Remedy } from '#lib/domain/access.ts'
import { parseArn } from '#lib/domain/arn.ts'
import { ExplainAccessInput } from '#lib/domain/operations/access.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { policyOf } from '#lib/engine/identities.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { operation } from '#lib/engine/operation.ts'
import { decide } from '#lib/policy/decide.ts'
import type { Decision, Question } from '#lib/policy/decision.ts'
import { explain } from '#lib/policy/explain.ts'
import { remedyOf } from '#lib/policy/remedy.ts'
import { trustPolicies } from '#lib/store/access.ts'
import { actionOf, draftPolicy, questionAbout, questionAboutKey } from './access-question.ts'
import { checkCurrent, keyAsked, type Sight, sightOf } from './access-rights.ts'
import { askedPrincipal, type Subject } from './asked-principal.ts'
import { type Traced, verdictOf } from './trace.ts'
import { turningOf } from './turning.ts'
import { validityNow } from './validity.ts'

type Input = z.infer<typeof ExplainAccessInput>

/** A key, or whatever else has an ARN. */
function referencesOf({ KeyId, Resource }: Input): { key: string | undefined; resource: string } {
  if ((KeyId === undefined) === (Resource === undefined))
    throw new KmsError('ValidationException', 'Exactly one of KeyId and Resource must be given.')
  const arn = Resource === undefined ? undefined : parseArn(Resource)
  const isKey = arn?.service === 'kms' && arn.resource.startsWith('key/')
  return { key: KeyId ?? (isKey ? Resource : undefined), resource: Resource ?? '*' }
}

/** Where the resource is a role that is to be assumed, its trust policy decides too. */
async function trustOf(call: Call, action: string, arn: string): Promise<Question['resourcePolicy']> {
  if (!/^sts:assumerole/i.test(action)) return null
  const { id } = (await askedPrincipal(call, arn)).identity.principal.role ?? { id: '' }
  const stored = (await trustPolicies(call.services.database.sql, call.account)).get(id)
  return stored ? policyOf('trust', stored) : null
}

type Answered = {
  readonly question: Question
  readonly decision: Decision
  readonly subject: Subject
  readonly key: LoadedKey | undefined
  readonly sight: Sight
}

/** What would have to happen to the key itself, where permission is there and the key is not ready. */
const keyRemedy = (traced: Traced): Remedy | null =>
  traced.validity.Result === 'no' && traced.decision.verdict === 'allowed'
    ? { Sentence: `Permission is there. ${traced.validity.Sentence}`, Where: 'key', Statement: null }
    : null

/** Of another account's policies it is only supposed that they allow: what decides is the key's own policy. */
function ofKeyPolicy(decision: Decision): Decision {
  const by = decision.gates.flatMap(({ gate, by }) =>
    gate === 'key-policy' || gate === 'delegation' ? (by ?? []) : [],
  )
  return decision.allowed ? { ...decision, deciding: by[0] ?? null } : decision
}

function explained({ question, subject, key, sight, ...answered }: Answered) {
  const decision = subject.ours ? answered.decision : ofKeyPolicy(answered.decision)
  const visible = subject.ours ? question : { ...question, identityPolicies: [] }
  const traced: Traced = {
    question,
    kind: question.resourcePolicy?.policy.kind ?? 'key',
    decision,
    near: explain(visible),
    validity: validityNow(question.action, key),
    ours: subject.ours,
    sight,
  }
  return {
    ...verdictOf(traced),
    Remedy: keyRemedy(traced) ?? remedyOf(question, decision, sight.resource && sight.identity),
    Context: sight.resource || sight.identity ? Object.fromEntries(decision.read) : {},
  }
}

export const ExplainAccess = operation({
  name: 'ExplainAccess',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  // Asked while people type, and for every button of a screen.
  recorded: false,
  input: ExplainAccessInput,
  logged: { request: () => null },

  async run(call, input: Input): Promise<Explanation> {
    const { key: reference, resource } = referencesOf(input)
    const asked = reference === undefined ? undefined : await keyAsked(call, reference)
    const sight = await sightOf(call, input.PrincipalArn, asked?.refusal)
    const subject = await askedPrincipal(call, input.PrincipalArn)
    const request = {
      action: actionOf(input.Action),
      encryptionContext: input.EncryptionContext,
      conditions: input.Conditions,
    }
    const draft = input.Policy === undefined ? undefined : draftPolicy(call, input.Policy)
    const key = asked?.key
    const question = key
      ? await questionAboutKey(call, subject, { key, policy: draft ?? key.policy, request })
      : questionAbout(call, subject, {
          request,
          resource: { arn: resource, account: call.account },
          resourcePolicy: await trustOf(call, request.action, resource),
        })
    const decision = decide(question)
    const worked = key && !draft && !decision.allowed
    const { principal } = subject.identity
    const turning = worked
      ? await turningOf(call, { principal, action: request.action, keyId: key.row.id })
      : null
    await checkCurrent(call, key ? [key] : [])
    return {
      ...explained({ question, decision, subject, key, sight }),
      Turning: sight.resource ? turning : null,
      Basis: draft ? 'draft' : 'now',
      At: call.now,
    }
  },
})

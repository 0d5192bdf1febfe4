/** Asks every pinned case of a key again: on the policy in force, or on a draft of it. */
import type { z } from 'zod'
import type { PolicyCaseResult, PolicyCaseView } from '#lib/domain/access.ts'
import { RunPolicyCasesInput } from '#lib/domain/operations/policy-tools.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { operation } from '#lib/engine/operation.ts'
import { decide } from '#lib/policy/decide.ts'
import type { Decision, NamedPolicy, Question } from '#lib/policy/decision.ts'
import { denialText } from '#lib/policy/denial-text.ts'
import { readPolicyCases } from '#lib/store/policy-cases.ts'
import { draftPolicy, questionAboutKey } from './access-question.ts'
import { askedPrincipal } from './asked-principal.ts'
import { caseView } from './policy-cases.ts'

type Input = z.output<typeof RunPolicyCasesInput>

const ROLES = {
  guardrail: 'a guardrail',
  resource: 'the key policy',
  identity: 'the identity policy',
  boundary: 'the boundary',
  session: 'the session policy',
} as const

/** Which statement or grant decided, or whose word is missing. */
function whyOf(question: Question, decision: Decision): string {
  const { deciding, grant } = decision
  if (!decision.allowed) return denialText(decision, question)
  if (grant) return `Allowed by the grant ${grant.id}`
  if (!deciding) return 'Allowed'
  const { kind, name } = deciding.policy
  const policy = kind === 'resource' ? ROLES.resource : `${ROLES[kind]} ${name}`
  return `Allowed by ${deciding.sid ? `"${deciding.sid}"` : `statement ${deciding.index + 1}`} of ${policy}`
}

type Court = { readonly call: Call; readonly key: LoadedKey; readonly policy: NamedPolicy }

async function answerTo({ call, key, policy }: Court, asked: PolicyCaseView) {
  const subject = await askedPrincipal(call, asked.PrincipalArn)
  const question = await questionAboutKey(call, subject, {
    key,
    policy,
    request: {
      action: asked.Action,
      encryptionContext: asked.EncryptionContext,
      conditions: asked.Conditions,
    },
  })
  const decision = decide(question)
  return { allowed: decision.allowed, why: whyOf(question, decision) }
}

/** Whoever is gone may do nothing. */
function ofNobody(thrown: unknown) {
  if (thrown instanceof KmsError && thrown.code === 'NotFoundException')
    return { allowed: false, why: thrown.message }
  throw thrown
}

async function resultOf(court: Court, asked: PolicyCaseView): Promise<PolicyCaseResult> {
  const { allowed, why } = await answerTo(court, asked).catch(ofNobody)
  return { ...asked, Allowed: allowed, Passes: allowed === (asked.Expected === 'allowed'), Why: why }
}

export const RunPolicyCases = operation({
  name: 'RunPolicyCases',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  // With every pause of whoever writes a policy.
  recorded: false,
  input: RunPolicyCasesInput,
  logged: { request: ({ KeyId }: Input) => ({ keyId: KeyId }) },

  async run(call, { KeyId, Policy }: Input) {
    const allowed = await call.key(KeyId, 'kms:GetKeyPolicy', { deed: 'read' })
    const { keys, database } = call.services
    const key = await keys.byId(allowed.row)
    if (!key) throw new KmsError('NotFoundException', `Key '${allowed.arn}' does not exist`)
    const policy = Policy === undefined ? key.policy : draftPolicy(call, Policy)
    const rows = await readPolicyCases(database.sql, key.row)
    const Results: PolicyCaseResult[] = []
    for (const row of rows) Results.push(await resultOf({ call, key, policy }, caseView(row)))
    return { Results }
  },
})

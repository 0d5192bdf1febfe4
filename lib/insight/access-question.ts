/** The question that somebody's request would put to lib/policy, were they to make it now: on what holds, or on a draft. */
import { sha256Hex } from '#lib/crypto/digest.ts'
import { findAction, KMS_ACTIONS } from '#lib/domain/actions.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import { grantOperationOf } from '#lib/domain/grant.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { questionOf } from '#lib/engine/question.ts'
import { conditionContext, encryptionContextValues, type RequestFacts } from '#lib/engine/request-context.ts'
import { checkKeyPolicy } from '#lib/policy/check.ts'
import { compilePolicy } from '#lib/policy/compile.ts'
import type { NamedPolicy, Question } from '#lib/policy/decision.ts'
import type { Subject } from './asked-principal.ts'

export type AskedRequest = {
  /** kms:Decrypt; as actionOf gives it. */
  readonly action: string
  readonly encryptionContext?: EncryptionContext | undefined
  /** By AWS's names, in any case. */
  readonly conditions?: Readonly<Record<string, readonly string[]>> | undefined
}

/** An action by its full name, as AWS writes it: `decrypt` is kms:Decrypt. */
export function actionOf(written: string): string {
  const name = written.includes(':') ? written : `kms:${written}`
  if (!findAction(name)) return name
  return Object.keys(KMS_ACTIONS).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name
}

/**
 * A key policy that is not in force, ready to judge with.
 * @throws MalformedPolicyDocumentException for a text that no key could have; principals need not exist.
 */
export function draftPolicy(call: Call, text: string): NamedPolicy {
  const fault = checkKeyPolicy(text, { partition: call.place.partition, principalExists: () => true })
  if (fault !== null) throw new KmsError('MalformedPolicyDocumentException', fault)
  return { name: 'draft', hash: sha256Hex(text), policy: compilePolicy(text, 'key') }
}

/** Only what a request says of itself, and nobody has made one. */
const UNSAID = ['aws:securetransport', 'aws:useragent']

/** What is known of a principal's requests before any is made. */
export function contextOf(
  call: Call,
  subject: Subject,
  key: LoadedKey | undefined,
): Map<string, readonly string[]> {
  const facts: RequestFacts = {
    identity: subject.identity,
    address: '',
    userAgent: '',
    secure: true,
    region: call.region,
    now: call.now,
    realNow: call.services.clock.real(),
    vpcEndpoint: undefined,
    through: undefined,
  }
  const context = conditionContext(facts, key, {})
  for (const name of UNSAID) context.delete(name)
  return context
}

/** The question about a key, its grants included. */
export async function questionAboutKey(
  call: Call,
  subject: Subject,
  of: { readonly key: LoadedKey; readonly policy: NamedPolicy; readonly request: AskedRequest },
): Promise<Question> {
  const { key, policy, request } = of
  const question = questionAbout(call, subject, {
    ...of,
    resource: { arn: key.arn, account: key.row.account },
    resourcePolicy: policy,
  })
  if (!key.row.hasGrants || grantOperationOf(request.action) === undefined) return question
  return { ...question, grants: await call.services.keys.grants(key, subject.identity.principal) }
}

type Asked = {
  readonly key?: LoadedKey
  readonly request: AskedRequest
  readonly resource: Question['resource']
  readonly resourcePolicy: NamedPolicy | null
}

export function questionAbout(call: Call, subject: Subject, asked: Asked): Question {
  const { key, request, resource, resourcePolicy } = asked
  const { action, encryptionContext, conditions } = request
  const context = contextOf(call, subject, key)
  for (const [name, values] of Object.entries({
    ...encryptionContextValues(encryptionContext),
    ...conditions,
  })) {
    if (values !== undefined) context.set(name.toLowerCase(), typeof values === 'string' ? [values] : values)
  }
  return questionOf(subject.identity, { action, resource, resourcePolicy, context, encryptionContext })
}

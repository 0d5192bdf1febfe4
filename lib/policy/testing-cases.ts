/** Test support only: the shape of the cases in testdata, and the question that a case puts. */
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { Grant, GrantTerms } from '#lib/domain/grant.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { compilePolicy } from './compile.ts'
import type { NamedPolicy, Question } from './decision.ts'
import { KEY, PRINCIPALS } from './testing-principals.ts'

/** A policy, or a text that is none. */
type Source = unknown

export type Case = {
  readonly description: string
  readonly principal: keyof typeof PRINCIPALS
  readonly provider?: string
  /** Neither this nor a trust policy: an action without a key. */
  readonly keyPolicy?: Source
  readonly trustPolicy?: Source
  readonly identityPolicies?: readonly Source[]
  readonly boundary?: Source
  readonly sessionPolicies?: readonly Source[]
  readonly guardrails?: readonly Source[]
  readonly grants?: readonly Grant[]
  readonly encryptionContext?: EncryptionContext
  readonly childGrant?: GrantTerms
  readonly action: string
  /** Absent: the key. */
  readonly resource?: string
  /** By names in any case. */
  readonly context?: Readonly<Record<string, string[]>>
  readonly expect: {
    readonly allowed: boolean
    readonly reason: string
    /** The policy and the number of the statement: `key 0`, `identity-1 2`. */
    readonly deciding: string | null
    readonly grant?: string
  }
}

/** A policy by what it is to the request. */
export function named(kind: PolicyKind, name: string, source: Source): NamedPolicy {
  const text = typeof source === 'string' ? source : JSON.stringify(source)
  return { name, hash: '00', policy: compilePolicy(text, kind) }
}

const all = (name: string, sources: readonly Source[] = []) =>
  sources.map((source, index) => named('identity', `${name}-${index}`, source))

export function resourceOf({ resource = KEY, principal }: Case): Question['resource'] {
  return { arn: resource, account: resource.split(':')[4] ?? PRINCIPALS[principal].account }
}

export const contextOf = ({ context = {} }: Case): Record<string, string[]> =>
  Object.fromEntries(Object.entries(context).map(([name, values]) => [name.toLowerCase(), values]))

export function questionOf(given: Case): Question {
  const { keyPolicy, trustPolicy, boundary, grants } = given
  const key = keyPolicy === undefined || keyPolicy === null ? null : named('key', 'key', keyPolicy)
  return {
    principal: PRINCIPALS[given.principal],
    provider: given.provider,
    action: given.action,
    resource: resourceOf(given),
    context: new Map(Object.entries(contextOf(given))),
    resourcePolicy: trustPolicy === undefined ? key : named('trust', 'trust', trustPolicy),
    identityPolicies: all('identity', given.identityPolicies),
    boundary: boundary === undefined ? null : named('identity', 'boundary', boundary),
    sessionPolicies: given.sessionPolicies && all('session', given.sessionPolicies),
    guardrails: all('guardrail', given.guardrails),
    encryptionContext: given.encryptionContext,
    childGrant: given.childGrant,
    ...(grants ? { grants } : {}),
  }
}

/**
 * Test support only: the rules by which policies are read and combined (facts §8.1, §8.3, §8.5) a second time, written
 * down as plainly as they are said. It shares no code with lib/policy, works on parsed JSON, and is slow.
 */
import type { Principal } from '#lib/domain/caller.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import { GRANT_OPERATIONS, type Grant, type GrantTerms, grantPermits } from '#lib/domain/grant.ts'
import {
  clauseHolds,
  fits,
  isOperand,
  operatorOf,
  tokensOf,
  units,
  type Values,
} from './testing-naive-conditions.ts'

type Naive = { readonly kind: 'key' | 'trust'; readonly document: unknown }

/** Documents are what JSON.parse gives. */
export type NaiveQuestion = {
  readonly principal: Principal
  readonly provider?: string | undefined
  readonly action: string
  readonly resource: { readonly arn: string; readonly account: string }
  readonly context: Values
  readonly resourcePolicy: Naive | null
  readonly identityPolicies: readonly unknown[]
  /** Undefined: there is none. */
  readonly boundary?: unknown
  readonly sessionPolicies?: readonly unknown[] | undefined
  readonly guardrails?: readonly unknown[] | undefined
  readonly grants?: readonly Grant[] | undefined
  readonly encryptionContext?: EncryptionContext | undefined
  readonly childGrant?: GrantTerms | undefined
}

type Kind = 'key' | 'trust' | 'identity'
type Json = Readonly<Record<string, unknown>>
/** A well-formed statement, and what its reader must know of its document. */
type Statement = { readonly json: Json; readonly variables: boolean }

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
const textsOf = (value: unknown): string[] => listOf(value).map(String)
const isTexts = (value: unknown) =>
  listOf(value).length > 0 && listOf(value).every((one) => typeof one === 'string')
const onlyKeys = (value: Json, names: string) =>
  Object.keys(value).every((key) => names.split(' ').includes(key))

/** A member or its negation: exactly one of the two, with texts that all fit. */
function oneOfTwo(json: Json, name: string, sound: (value: unknown) => boolean): boolean {
  const [plain, negated] = [json[name], json[`Not${name}`]]
  return (plain === undefined) !== (negated === undefined) && sound(plain ?? negated)
}

const isAction = (text: string) => text === '*' || /^[a-z\d-]+:[a-z\d*?]+$/i.test(text)

const isResource = (text: string, variables: boolean) =>
  text === '*' || (/^arn:/.test(text) && tokensOf(units(text, variables), variables, {}) !== 'malformed')

function isName(type: string, value: unknown): boolean {
  if (typeof value !== 'string') return false
  if (type === 'Service') return /^[a-z\d-]+(\.[a-z\d-]+)+$/.test(value)
  if (type !== 'AWS') return (type === 'Federated' || type === 'CanonicalUser') && value !== ''
  const identity =
    /^arn:[^:*?]+:(iam::\d{12}:(user|role)|sts::\d{12}:(assumed-role|federated-user))\/([!-)+->@-~]*\/)?[\w+=,.@-]{1,64}$/
  return (
    /^(\*|\d{12}|A(ID|RO)A[A-Z\d]{12,124}|arn:[^:*?]+:iam::\d{12}:root)$/.test(value) || identity.test(value)
  )
}

function isPrincipal(value: unknown): boolean {
  if (value === '*') return true
  if (!isObject(value)) return false
  const names = Object.entries(value).flatMap(([type, list]) =>
    listOf(list).map((name) => [type, name] as const),
  )
  const types = onlyKeys(value, 'AWS Service Federated CanonicalUser')
  return types && names.length > 0 && names.every(([type, name]) => isName(type, name))
}

function isCondition(value: unknown, variables: boolean): boolean {
  if (value === undefined) return true
  if (!isObject(value)) return false
  return Object.entries(value).every(([written, keys]) => {
    const operator = operatorOf(written)
    if (!operator || !isObject(keys)) return false
    return Object.entries(keys).every(([key, operands]) => {
      const sound = (one: unknown) =>
        ['string', 'number', 'boolean'].includes(typeof one) && isOperand(operator, String(one), variables)
      return /^[a-z][a-z\d-]*:[\s\S]/i.test(key) && listOf(operands).every(sound)
    })
  })
}

const ELEMENTS = 'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'

function isStatement(json: unknown, kind: Kind, variables: boolean): json is Json {
  if (!isObject(json) || !onlyKeys(json, ELEMENTS)) return false
  const { Sid = '', Effect, Principal, NotPrincipal, Resource, NotResource, Condition } = json
  const actions = (value: unknown) => isTexts(value) && textsOf(value).every(isAction)
  const resources = (value: unknown) =>
    isTexts(value) && textsOf(value).every((one) => isResource(one, variables))
  return (
    typeof Sid === 'string' &&
    (Effect === 'Allow' || Effect === 'Deny') &&
    oneOfTwo(json, 'Action', actions) &&
    (kind === 'trust'
      ? Resource === NotResource && Resource === undefined
      : oneOfTwo(json, 'Resource', resources)) &&
    (kind === 'identity'
      ? Principal === NotPrincipal && Principal === undefined
      : oneOfTwo(json, 'Principal', isPrincipal)) &&
    isCondition(Condition, variables)
  )
}

const DENY_ALL: Statement = {
  json: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' },
  variables: false,
}

/** What is not understood denies everything, unless it says itself that it only allows. */
function statementsOf(document: unknown, kind: Kind): Statement[] {
  if (!isObject(document) || !onlyKeys(document, 'Version Id Statement')) return [DENY_ALL]
  const { Version = '2008-10-17', Id = '', Statement } = document
  const variables = Version === '2012-10-17'
  if (!variables && Version !== '2008-10-17') return [DENY_ALL]
  if (typeof Id !== 'string' || Statement === undefined || listOf(Statement).length === 0) return [DENY_ALL]
  return listOf(Statement).flatMap((json) => {
    if (isStatement(json, kind, variables)) return [{ json, variables }]
    return isObject(json) && json.Effect === 'Allow' ? [] : [DENY_ALL]
  })
}

/** Action, resource and condition, whomever the statement names. */
function concerns({ json, variables }: Statement, { action, resource, context }: NaiveQuestion): boolean {
  const {
    Action,
    NotAction,
    Resource = json.NotResource ? undefined : '*',
    NotResource,
    Condition = {},
  } = json
  const matches = (pattern: string) => fits(tokensWithout(pattern.toLowerCase()), action.toLowerCase())
  if (textsOf(Action ?? NotAction).some(matches) !== (Action !== undefined)) return false
  const found = textsOf(Resource ?? NotResource).map((pattern) => {
    const tokens = tokensOf(units(pattern, variables), variables, context)
    return typeof tokens === 'string' ? tokens : fits(tokens, resource.arn)
  })
  if (Resource !== undefined ? !found.includes(true) : found.some((one) => one !== false)) return false
  const allows = json.Effect === 'Allow'
  return Object.entries(isObject(Condition) ? Condition : {}).every(([written, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).every(([key, operands]) => {
      const operator = operatorOf(written)
      return (
        operator &&
        clauseHolds({ operator, key, operands: textsOf(operands) }, { allows, variables, context })
      )
    }),
  )
}

/** An action has no variables. */
function tokensWithout(pattern: string) {
  const tokens = tokensOf(units(pattern, false), false, {})
  return typeof tokens === 'string' ? [] : tokens
}

/** `itself`: nothing narrows it. `wide`: boundary and session policies do. `account`: identity policies must agree. */
type Level = 'itself' | 'wide' | 'account'

function mentioned(element: unknown, { principal, provider }: NaiveQuestion): Set<Level> {
  const { kind, account, partition, arn, role } = principal
  const levels = new Set<Level>()
  const has = (type: string, name: string) => {
    const listed = isObject(element) ? element[type] : type === 'AWS' ? element : undefined
    return listed !== undefined && textsOf(listed).includes(name)
  }
  const throughRole = kind === 'role' ? 'wide' : 'itself'
  if (has('AWS', '*')) levels.add(throughRole)
  if (kind === 'service') return has('Service', principal.name) ? levels.add('itself') : levels
  if (has('AWS', arn)) levels.add('itself')
  if (role && has('AWS', role.arn)) levels.add('wide')
  if (provider !== undefined && has('Federated', provider)) levels.add(throughRole)
  if (has('AWS', account) || has('AWS', `arn:${partition}:iam::${account}:root`)) {
    levels.add('account')
    if (kind === 'root') levels.add('itself')
  }
  return levels
}

function named({ json }: Statement, question: NaiveQuestion): Set<Level> {
  const { Principal, NotPrincipal, Effect } = json
  if (NotPrincipal === undefined) return mentioned(Principal, question)
  const levels = mentioned(NotPrincipal, question)
  const { kind, role } = question.principal
  const outside = kind === 'service' || question.provider !== undefined
  if (Effect === 'Allow') return new Set(levels.size > 0 || outside ? [] : ['wide'])
  const listed = isObject(NotPrincipal) ? textsOf(NotPrincipal.AWS ?? []) : ['*']
  const all = levels.has('account') && (kind === 'root' || listed.includes(question.principal.arn))
  const spared =
    listed.includes('*') ||
    (outside ? [...levels].some((level) => level !== 'account') : all && (!role || listed.includes(role.arn)))
  return new Set(spared ? [] : ['itself'])
}

/** The Allow that is missing, or 'allowed'. */
type Missing = 'allowed' | `no-${string}-policy`

function grantLevels(question: NaiveQuestion): Set<Level> {
  const { grants = [], principal, action, context, encryptionContext, childGrant } = question
  const operation = GRANT_OPERATIONS.find((name) => `kms:${name}`.toLowerCase() === action.toLowerCase())
  const request = { encryptionContext, child: childGrant, sourceArn: context['aws:sourcearn']?.[0] }
  const open = grants.filter(
    ({ grantee: { kind, name }, ...terms }) =>
      operation &&
      grantPermits(terms, operation, request) &&
      (kind === 'Service') === (principal.kind === 'service') &&
      name !== '*',
  )
  const levels = open.map(({ grantee: { kind, name } }) => [
    ...mentioned({ [kind]: /^\d+$/.test(name) ? [] : name }, question),
  ])
  return new Set(levels.flat())
}

const ABROAD =
  /^kms:(CreateGrant|DescribeKey|GetKeyRotationStatus|GetPublicKey|ListGrants|RetireGrant|RevokeGrant|(En|De)crypt|ReEncrypt(From|To)|GenerateDataKey(Pair)?(WithoutPlaintext)?|GenerateMac|VerifyMac|Sign|Verify|DeriveSharedSecret|Encapsulate|Decapsulate)$/i

export function judgeNaively(question: NaiveQuestion) {
  const { principal, resource, resourcePolicy, identityPolicies, boundary, sessionPolicies, guardrails } =
    question
  const read = (documents: readonly unknown[]) => documents.flatMap((one) => statementsOf(one, 'identity'))
  const own = resourcePolicy ? statementsOf(resourcePolicy.document, resourcePolicy.kind) : []
  const roles = {
    guardrail: read(guardrails ?? []),
    identity: read(identityPolicies),
    boundary: read(boundary === undefined ? [] : [boundary]),
    session: read(sessionPolicies ?? []),
    resource: own.filter((statement) => named(statement, question).size > 0),
  }
  const says = (role: keyof typeof roles, effect: string) =>
    roles[role].some((statement) => statement.json.Effect === effect && concerns(statement, question))
  const denying = (['guardrail', 'identity', 'boundary', 'session', 'resource'] as const).find((role) =>
    says(role, 'Deny'),
  )
  if (denying) return { allowed: false, verdict: 'explicit-deny', reason: `explicit-deny-${denying}` }
  const reason = missing()
  return {
    allowed: reason === 'allowed',
    verdict: reason === 'allowed' ? 'allowed' : 'implicit-deny',
    reason,
  }

  function missing(): Missing {
    if (guardrails?.length && !says('guardrail', 'Allow')) return 'no-guardrail-policy'
    const foreign = resource.account !== principal.account
    if (!resourcePolicy) return foreign ? 'no-resource-policy' : agreed(['account'])
    const byPolicy = policyLevels(foreign)
    const first = agreed(byPolicy)
    const byGrant = grantLevels(question)
    return first === 'allowed' || byGrant.size === 0 ? first : agreed([...byGrant])
  }

  function policyLevels(foreign: boolean): Level[] {
    const levels = own
      .filter((statement) => statement.json.Effect === 'Allow' && concerns(statement, question))
      .flatMap((statement) => [...named(statement, question)])
    if (/^kms:RetireGrant$/i.test(question.action)) return []
    if (principal.kind === 'service' || question.provider !== undefined)
      return levels.some((level) => level !== 'account') ? ['itself'] : []
    if (!foreign) return levels
    return levels.length > 0 && (resourcePolicy?.kind === 'trust' || ABROAD.test(question.action))
      ? ['account']
      : []
  }

  /** Given at these levels: whose Allow is still missing? */
  function agreed(levels: readonly Level[]): Missing {
    if (levels.includes('itself')) return 'allowed'
    if (levels.length === 0) return 'no-resource-policy'
    const identity = principal.kind === 'root' || says('identity', 'Allow')
    if (!levels.includes('wide') && !identity) return 'no-identity-policy'
    if (boundary !== undefined && !says('boundary', 'Allow')) return 'no-boundary-policy'
    return sessionPolicies && !says('session', 'Allow') ? 'no-session-policy' : 'allowed'
  }
}

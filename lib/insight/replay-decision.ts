/** One recorded request on a key, decided again under a draft of its policy. */
import type { Principal } from '#lib/domain/caller.ts'
import { type Grant, grantOperationOf } from '#lib/domain/grant.ts'
import type { AllowedKey } from '#lib/engine/call.ts'
import { decide } from '#lib/policy/decide.ts'
import type { Decision, NamedPolicy, Question } from '#lib/policy/decision.ts'
import type { RecordedPolicies } from './recorded-policies.ts'
import {
  type KnownValues,
  type RecordedDecision,
  type RecordedRequest,
  requestValues,
} from './recorded-request.ts'

/** What a batch is decided with. */
export type Bench = {
  readonly key: AllowedKey
  readonly draft: NamedPolicy
  readonly policies: RecordedPolicies
  /** Whether the installation goes by real time. */
  readonly steady: boolean
  readonly grants: (principal: Principal) => Promise<readonly Grant[]>
}

export type Again = { readonly action: string; readonly before: boolean; readonly after: boolean }

/** Decisions about this key, or why the request was skipped. */
export type Replayed =
  | { readonly principalArn: string; readonly source: string; readonly decisions: readonly Again[] }
  | string

/** What may have been another value when the request came, and was not kept unless it was read. */
const CHANGING = ['aws:resourcetag/', 'kms:resourcealiases', 'kms:multiregionkeytype', 'aws:useragent']
const TIMES = ['aws:currenttime', 'aws:epochtime']
const GONE = 'A policy of the caller is no longer kept'
const NOT_ABOUT = 'The policy of this key was not asked'

/** What never changes of a key. */
const ofKey = ({ row }: AllowedKey): readonly (readonly [string, string])[] => [
  ['aws:resourceaccount', row.account],
  ['kms:keyspec', row.spec],
  ['kms:customermasterkeyspec', row.spec],
  ['kms:keyusage', row.usage],
  ['kms:customermasterkeyusage', row.usage],
  ['kms:keyorigin', row.origin],
  ['kms:multiregion', String(row.multiRegion)],
]

function contextOf(
  bench: Bench,
  request: RecordedRequest,
  known: KnownValues,
): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>(ofKey(bench.key).map(([name, value]) => [name, [value]]))
  if (bench.steady) {
    context.set('aws:currenttime', [request.at.toISOString()])
    context.set('aws:epochtime', [String(Math.floor(request.at.getTime() / 1000))])
  }
  for (const [name, values] of known) {
    if (values) context.set(name, values)
    else context.delete(name)
  }
  return context
}

/** The first value that the decision looked at and that the event does not tell. */
function untold(decision: Decision, bench: Bench, known: KnownValues): string | undefined {
  const unknown = bench.steady ? CHANGING : [...CHANGING, ...TIMES]
  return [...decision.read.keys()].find(
    (name) => !known.has(name) && unknown.some((prefix) => name.startsWith(prefix)),
  )
}

/** As the request had it: the names of its pairs are in the names of the values that were given. */
function encryptionContextOf({ given }: RecordedDecision): Record<string, string> | undefined {
  const prefix = 'kms:EncryptionContext:'
  const pairs = Object.entries(given ?? {}).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'string' ? [[name.slice(prefix.length), value] as const] : [],
  )
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined
}

function questionFor(
  bench: Bench,
  request: RecordedRequest,
  { decided, known }: { readonly decided: RecordedDecision; readonly known: KnownValues },
): Question | undefined {
  const { policies: byHash, key, draft } = bench
  const { identity, principal } = request
  const all = (hashes: readonly string[] | undefined) => (hashes ?? []).map(byHash)
  const policies = all(identity.policies)
  const guardrails = all(identity.guardrails)
  const session = identity.session?.policies && all(identity.session.policies)
  const boundary = identity.boundary === undefined ? null : byHash(identity.boundary)
  if ([...policies, ...guardrails, ...(session ?? []), boundary].includes(undefined)) return undefined
  const there = (found: readonly (NamedPolicy | undefined)[]) =>
    found.filter((policy) => policy !== undefined)
  return {
    principal,
    action: decided.action,
    resource: { arn: key.arn, account: key.row.account },
    resourcePolicy: draft,
    context: contextOf(bench, request, known),
    identityPolicies: there(policies),
    boundary,
    guardrails: there(guardrails),
    sessionPolicies: session && there(session),
    encryptionContext: encryptionContextOf(decided),
  }
}

const saidOfGrants = ({ gates }: RecordedDecision) => gates.find(({ gate }) => gate === 'grants')?.result

/** Where the draft is silent: what grants said then, or say now where they were not asked. */
async function byGrants(
  bench: Bench,
  question: Question,
  decided: RecordedDecision,
): Promise<Decision | boolean> {
  const said = saidOfGrants(decided)
  if (said === 'pass') return true
  // Silence without grants: there were none. A deny or a permission came before they could be asked.
  if (said === 'no' || decided.verdict === 'implicit-deny') return false
  if (!bench.key.row.hasGrants || grantOperationOf(question.action) === undefined) return false
  return decide({ ...question, grants: await bench.grants(question.principal) })
}

async function again(
  bench: Bench,
  request: RecordedRequest,
  decided: RecordedDecision,
): Promise<Again | string> {
  const known = requestValues(request, decided)
  const question = questionFor(bench, request, { decided, known })
  if (!question) return GONE
  const byPolicies = decide(question)
  const found = byPolicies.verdict === 'implicit-deny' ? await byGrants(bench, question, decided) : byPolicies
  const missing =
    untold(byPolicies, bench, known) ?? (typeof found === 'boolean' ? undefined : untold(found, bench, known))
  if (missing !== undefined) return `A value that the policy asks for was not recorded: ${missing}`
  const after = typeof found === 'boolean' ? found : found.allowed
  return { action: decided.action, before: decided.verdict === 'allowed', after }
}

/** Every decision that the request needed on this key. */
export async function decideAgain(bench: Bench, request: RecordedRequest): Promise<Replayed> {
  const about = request.decisions.filter(({ resource }) => resource === bench.key.arn)
  if (about.length === 0) return NOT_ABOUT
  const decisions: Again[] = []
  for (const decided of about) {
    const found = await again(bench, request, decided)
    if (typeof found === 'string') return found
    decisions.push(found)
  }
  const { principal, record } = request
  const source = typeof record.sourceIPAddress === 'string' ? record.sourceIPAddress : '-'
  return { principalArn: principal.role?.arn ?? principal.arn, source, decisions }
}

/**
 * Who may ask about whose permission: about a key whoever may read its policy, about another principal whoever may also
 * simulate it, and everybody about themselves, without the texts of policies they may not read.
 */
import { parseArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { questionOf } from '#lib/engine/question.ts'
import { conditionContext, factsOf } from '#lib/engine/request-context.ts'
import { StaleDecision } from '#lib/engine/stale.ts'
import { decide } from '#lib/policy/decide.ts'
import { versionsNow } from '#lib/store/access.ts'
import { isOneself } from './asked-principal.ts'

/** What the asker may read. */
export type Sight = {
  /** The key's policy. */
  readonly resource: boolean
  /** The principal's own policies, and what bounds it. */
  readonly identity: boolean
}

const SIMULATE = 'iam:SimulatePrincipalPolicy'

export const isDenied = (thrown: unknown): thrown is KmsError =>
  thrown instanceof KmsError && thrown.code === 'AccessDeniedException'

/** Whether the caller may do it to what an ARN of its account names: asked without a trace, for lists. */
export function maySilently(call: Call, action: string): (arn: string) => boolean {
  const context = conditionContext(factsOf(call.caller, call.identity, call.services.clock), undefined, {})
  return (arn) => {
    const resource = { arn, account: call.account }
    return decide(questionOf(call.identity, { action, resource, resourcePolicy: null, context })).allowed
  }
}

/** Whether the caller may simulate principals, by ARN. */
export const maySimulate = (call: Call): ((arn: string) => boolean) => maySilently(call, SIMULATE)

/** Whether the caller may do it; the judgement is in the event either way. */
async function may(asking: Promise<unknown>): Promise<KmsError | null> {
  try {
    await asking
    return null
  } catch (thrown) {
    if (isDenied(thrown)) return thrown
    throw thrown
  }
}

/** Whether the caller may read the policy of what an ARN names, were it there: a key that is gone has left its texts. */
export async function mayRead(call: Call, resource: string): Promise<boolean> {
  const arn = parseArn(resource)
  if (arn?.service !== 'kms' || !arn.resource.startsWith('key/') || arn.account !== call.account) return false
  const place = { account: arn.account, region: arn.region, id: arn.resource.slice('key/'.length) }
  if (arn.region === call.region && (await call.services.keys.byId(place)))
    return (await may(call.key(resource, 'kms:GetKeyPolicy', { deed: 'read' }))) === null
  return (await may(call.permit({ action: 'kms:GetKeyPolicy', resource, region: arn.region }))) === null
}

export type KeyAsked = { readonly key: LoadedKey; readonly refusal: KmsError | null }

/**
 * The key of a question, and why the caller may not read its policy, if so.
 * @throws AccessDeniedException for a key of another account; NotFoundException for one that is not there.
 */
export async function keyAsked(call: Call, reference: string): Promise<KeyAsked> {
  const refusal = await may(call.key(reference, 'kms:GetKeyPolicy', { deed: 'read', aliases: true }))
  const id = await call.keyIdOf(reference)
  const key = id === undefined ? undefined : await ownKey(call, id)
  if (key) return { key, refusal }
  throw refusal ?? new KmsError('NotFoundException', `Key '${reference}' does not exist`)
}

export const ownKey = (call: Call, id: string): Promise<LoadedKey | undefined> =>
  call.services.keys.byId({ account: call.account, region: call.region, id })

/** @throws AccessDeniedException unless the caller may ask about this principal, and this key if there is one. */
export async function sightOf(
  call: Call,
  principalArn: string,
  refusal: KmsError | null | undefined,
): Promise<Sight> {
  const simulate = await may(call.permit({ action: SIMULATE, resource: principalArn }))
  const sight = { resource: refusal === null, identity: simulate === null }
  if (isOneself(call, principalArn)) return sight
  if (refusal) throw refusal
  if (simulate) throw simulate
  return sight
}

/**
 * For answers that leave no event, whose versions nobody else compares (R52).
 * @throws StaleDecision when the caller's account, or a key, has changed since it was read.
 */
export async function checkCurrent(call: Call, keys: readonly LoadedKey[]): Promise<void> {
  const places = keys.map(({ row }) => row)
  const now = await versionsNow(call.services.database.sql, call.account, places)
  const same = keys.every(({ row }) => now.keys.get(row.id) === row.rowVersion)
  if (same && now.epoch === call.identity.epoch) return
  for (const place of places) call.services.keys.drop(place)
  throw new StaleDecision()
}

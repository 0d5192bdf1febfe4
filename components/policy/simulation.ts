/** One question of the simulation: who, what, with which values. Plain data, and its words. */
import { contextOf, NO_PAIRS, type Pair } from '#components/playground/context-pairs.ts'
import { principalLabel } from '#lib/console/format.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import { type KnownKeyKind, whyNever } from '#lib/domain/action-kinds.ts'
import { KMS_ACTIONS, type KmsActionName } from '#lib/domain/actions.ts'

export type Simulated = {
  readonly principal: string
  readonly action: string
  readonly pairs: readonly Pair[]
  readonly viaService: string
  readonly sourceIp: string
}

export type PolicyCase = OutputOf<'RunPolicyCases'>['Results'][number]

// The keys of a constant table are exactly its names.
const ACTIONS = Object.keys(KMS_ACTIONS) as KmsActionName[]
const FIRST = ['kms:Decrypt', 'kms:Sign', 'kms:GenerateMac', 'kms:DeriveSharedSecret', 'kms:Decapsulate']

/** Actions on this kind of key, and the others. */
export const actionsFor = (key: KnownKeyKind) => ({
  fitting: ACTIONS.filter((action) => whyNever(action, key) === null),
  others: ACTIONS.filter(
    (action) => KMS_ACTIONS[action].resource === 'key' && whyNever(action, key) !== null,
  ),
})

/** What is asked first: the principal that looks on, and what such a key is for. */
export const firstQuestion = (principal: string, key: KnownKeyKind): Simulated => {
  const { fitting } = actionsFor(key)
  const action = FIRST.find((name) => fitting.some((one) => one === name)) ?? 'kms:DescribeKey'
  return { principal, action, pairs: NO_PAIRS, viaService: '', sourceIp: '' }
}

const conditionsOf = ({ viaService, sourceIp }: Simulated) => ({
  ...(viaService.trim() && { 'kms:ViaService': [viaService.trim()] }),
  ...(sourceIp.trim() && { 'aws:SourceIp': [sourceIp.trim()] }),
})

/** The question as the engine is asked it, without a policy. */
export function questionOf(simulated: Simulated, keyId: string): InputOf<'ExplainAccess'> {
  const EncryptionContext = contextOf(simulated.pairs)
  const Conditions = conditionsOf(simulated)
  return {
    KeyId: keyId,
    PrincipalArn: simulated.principal,
    Action: simulated.action,
    ...(EncryptionContext && { EncryptionContext }),
    ...(Object.keys(Conditions).length > 0 && { Conditions }),
  }
}

const NAME_LONGEST = 128

/** user/bob Decrypt tenant=acme via s3.eu-west-1.amazonaws.com */
export function caseName(simulated: Simulated): string {
  const { principal, action, pairs, viaService, sourceIp } = simulated
  const context = Object.entries(contextOf(pairs) ?? {}).map(([name, value]) => `${name}=${value}`)
  const parts = [
    principalLabel(principal),
    action.replace(/^kms:/, ''),
    ...context,
    ...(viaService ? [`via ${viaService}`] : []),
    ...(sourceIp ? [`from ${sourceIp}`] : []),
  ]
  return parts.join(' ').slice(0, NAME_LONGEST)
}

/** A pinned case as a question again. */
export function simulatedOf({ PrincipalArn, Action, EncryptionContext, Conditions }: PolicyCase): Simulated {
  const pairs = Object.entries(EncryptionContext).map(([name, value], id) => ({ id, name, value }))
  return {
    principal: PrincipalArn,
    action: Action,
    pairs: pairs.length > 0 ? pairs : NO_PAIRS,
    viaService: Conditions['kms:ViaService']?.[0] ?? '',
    sourceIp: Conditions['aws:SourceIp']?.[0] ?? '',
  }
}

/** Who a simulation is about, with the policies that are only supposed. */
import { sha256 } from '#lib/crypto/digest.ts'
import { parseArn } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { type Identity, policyOf } from '#lib/engine/identities.ts'
import { checkIdentityPolicy } from '#lib/policy/check.ts'
import { compilePolicy } from '#lib/policy/compile.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import { policiesOfGroup, principalIdOf } from '#lib/store/simulated-sources.ts'

/** `PolicyInputList.1`, as AWS names what was handed in. @throws InvalidInput */
export function supposed(bodies: readonly string[], list: string): NamedPolicy[] {
  return bodies.map((body, index) => {
    const fault = checkIdentityPolicy(body)
    if (fault !== null) throw new KmsError('InvalidInput', `${list}.${index + 1}: ${fault}`)
    const hash = sha256(body).toString('hex')
    return { name: `${list}.${index + 1}`, hash, policy: compilePolicy(body, 'identity') }
  })
}

const noSuch = (arn: string) => new KmsError('NoSuchEntity', `The entity ${arn} cannot be found.`)

/** The user, role or group of the caller's account that an ARN names. @throws NoSuchEntity, InvalidInput */
export async function identityNamed(call: Call, arn: string): Promise<Identity> {
  const parsed = parseArn(arn)
  const [kind = ''] = /^(?:user|role|group)(?=\/)/.exec(parsed?.resource ?? '') ?? []
  if (parsed?.service !== 'iam' || kind === '') throw new KmsError('InvalidInput', `Invalid ARN: ${arn}`)
  if (parsed.account !== call.account || parsed.partition !== call.place.partition) throw noSuch(arn)
  const pathAndName = parsed.resource.slice(kind.length)
  if (kind === 'group') return groupIdentity(call, arn, pathAndName)
  const id = await principalIdOf(call.services.database.sql, {
    account: call.account,
    kind: kind === 'role' ? 'role' : 'user',
    pathAndName,
  })
  const identity = id === undefined ? undefined : await call.services.identities.byPrincipal(id)
  if (!identity) throw noSuch(arn)
  return identity
}

/** Somebody who is in the group, and nothing else. */
async function groupIdentity(call: Call, arn: string, pathAndName: string): Promise<Identity> {
  const policies = await policiesOfGroup(call.services.database.sql, call.account, pathAndName)
  if (!policies) throw noSuch(arn)
  const name = pathAndName.slice(pathAndName.lastIndexOf('/') + 1)
  const { partition } = call.place
  const principal: Principal = { kind: 'user', partition, account: call.account, id: arn, name, arn }
  return {
    ...call.identity,
    ...{ principal, policies: policies.map((policy) => policyOf('identity', policy)) },
    ...{ boundary: null, tags: {}, session: undefined },
  }
}

/** Nobody in particular: whoever asks, without anything of theirs but who they are. */
export const bareIdentity = ({ identity }: Call): Identity => ({
  ...identity,
  ...{ policies: [], boundary: null, guardrails: [], session: undefined },
})

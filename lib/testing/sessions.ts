/** Test support: roles put into a world, and whoever holds temporary credentials as somebody who calls. */
import { randomUUID } from 'node:crypto'
import { sha256 } from '#lib/crypto/digest.ts'
import type { Caller } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import { newRoleId } from '#lib/iam/identifiers.ts'
import { addInlinePolicy } from '#lib/store/principals.ts'
import { addRole } from '#lib/store/roles.ts'
import { ACCOUNT, type Answer, allOperations, REGION, type World } from './world.ts'

export type Statement = Record<string, unknown>
export const document = (...Statement: readonly Statement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement })
export const allowing = (...Action: readonly string[]) => document({ Effect: 'Allow', Action, Resource: '*' })
export const trusting = (AWS: string | readonly string[], more: Statement = {}) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action: 'sts:AssumeRole',
  ...more,
})

type RoleRequest = {
  readonly name: string
  readonly account?: string
  readonly path?: string
  readonly trust: string
  readonly policies?: readonly string[]
  readonly seconds?: number
  readonly tags?: Readonly<Record<string, string>>
}

/** A role with its inline policies; gives its ARN. */
export async function giveRole(world: World, request: RoleRequest): Promise<string> {
  const { name, trust, account = ACCOUNT, path = '/', policies = [], seconds = 3600, tags = {} } = request
  const id = newRoleId()
  const text = (body: string) => ({ hash: sha256(body), body })
  await changeIdentities(world.engine.services, [account], async (rows) => {
    await addRole(rows, {
      ...{ id, account, path, name, description: '', maxSessionSeconds: seconds, createdAt: new Date() },
      trustPolicy: text(trust),
      boundary: null,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    })
    for (const [index, body] of policies.entries()) {
      await addInlinePolicy(rows, { principal: id, name: `policy-${index}`, policy: text(body) })
    }
  })
  return `arn:aws:iam::${account}:role${path}${name}`
}

/** Gives a user of the world one more inline policy. */
export async function givePolicy(world: World, who: string, body: string): Promise<void> {
  const { id, account } = world.as(who).principal
  await changeIdentities(world.engine.services, [account], (rows) =>
    addInlinePolicy(rows, {
      principal: id,
      name: `given-${randomUUID()}`,
      policy: { hash: sha256(body), body },
    }),
  )
}

export type SessionHolder = {
  readonly credentials: Answer
  readonly caller: Caller
  readonly call: (operation: string, input?: object) => Promise<Answer>
  readonly refusal: (operation: string, input?: object) => Promise<KmsError>
}

/** Calls one operation as a caller; refusals are given, not thrown. */
export async function callAs(
  engine: Pick<Engine, 'invoke'>,
  caller: Caller,
  name: string,
  input: object,
): Promise<Answer> {
  const operation = allOperations.find((known) => known.name === name)
  if (!operation) throw new Error(`there is no operation ${name}`)
  return ((await engine.invoke(caller, operation, input)).output ?? {}) as Answer
}

export async function refusalOf(answer: Promise<unknown>): Promise<KmsError> {
  try {
    await answer
  } catch (thrown) {
    if (thrown instanceof KmsError) return thrown
    throw thrown
  }
  throw new Error('it was not refused')
}

/** Whoever holds what STS answered, past the signature. */
export async function holderOf(world: World, output: Answer): Promise<SessionHolder> {
  const credentials = output.Credentials
  const found = await world.engine.services.identities.byAccessKey(credentials.AccessKeyId)
  if (!found) throw new Error('these credentials are of nobody')
  const { channel } = world.as('admin').caller
  const caller: Caller = {
    principal: found.identity.principal,
    credential: { kind: 'access-key', id: credentials.AccessKeyId },
    region: REGION,
    channel,
  }
  const call = (name: string, input: object = {}) =>
    callAs(world.engine, { ...caller, channel: { ...channel, requestId: randomUUID() } }, name, input)
  return { credentials, caller, call, refusal: (name, input) => refusalOf(call(name, input)) }
}

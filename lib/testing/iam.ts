/** People that a test makes by IAM's own operations, calling with the access keys that it gave them. */
import { randomUUID } from 'node:crypto'
import type { Caller } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { type AccessKey, type Answer, allOperations, REGION, type World } from './world.ts'

export type NewPerson = {
  readonly name: string
  readonly arn: string
  readonly id: string
  readonly accessKey: AccessKey
  readonly call: (operation: string, input?: object) => Promise<Answer>
  /** The refusal of what must be refused. */
  readonly refusal: (operation: string, input?: object) => Promise<KmsError>
}

/** Calls with an access key, as the wire does once it has verified a signature; refused where the wire would. */
export function callsWith(engine: Engine, accessKeyId: string, region = REGION): NewPerson['call'] {
  return async (name, input = {}) => {
    const operation = allOperations.find((one) => one.name === name || `${one.service}.${one.name}` === name)
    if (!operation) throw new Error(`there is no operation ${name}`)
    const found = await engine.services.identities.byAccessKey(accessKeyId)
    if (!found?.active) throw new KmsError('UnrecognizedClientException')
    const caller: Caller = {
      principal: found.identity.principal,
      credential: { kind: 'access-key', id: accessKeyId },
      region,
      channel: {
        via: 'wire',
        address: '192.0.2.7',
        userAgent: 'world',
        tls: undefined,
        host: '127.0.0.1:4566',
        requestId: randomUUID(),
        invocationId: undefined,
        bodyHash: undefined,
      },
    }
    const { output } = await engine.invoke(caller, operation, input)
    // Every answer is an object or nothing.
    return (output ?? {}) as Answer
  }
}

const refusalOf = async (call: Promise<unknown>, what: string): Promise<KmsError> => {
  try {
    await call
  } catch (thrown) {
    if (thrown instanceof KmsError) return thrown
    throw thrown
  }
  throw new Error(`${what} was not refused`)
}

/** A user of the home account with an access key, made by its administrator. */
export async function newUser(world: World, name: string, members: object = {}): Promise<NewPerson> {
  const admin = world.as('admin')
  const { User } = await admin.call('CreateUser', { UserName: name, ...members })
  const { AccessKey: made } = await admin.call('CreateAccessKey', { UserName: name })
  const call = callsWith(world.engine, made.AccessKeyId)
  return {
    name,
    arn: User.Arn,
    id: User.UserId,
    accessKey: { id: made.AccessKeyId, secret: made.SecretAccessKey },
    call,
    refusal: (operation, input) => refusalOf(call(operation, input), operation),
  }
}

/** Gives a user an inline policy that allows actions on everything. */
export async function letUser(world: World, name: string, ...actions: string[]): Promise<void> {
  const Statement = [{ Effect: 'Allow', Action: actions, Resource: '*' }]
  await world.as('admin').call('PutUserPolicy', {
    UserName: name,
    PolicyName: `may-${actions.join('-').replace(/[^a-z-]/gi, '')}`.slice(0, 100),
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  })
}

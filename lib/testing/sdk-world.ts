/**
 * A world whose engine is served over HTTP and asked by AWS's own SDK, with a journal of everything that was asked and
 * answered. The engine believes a test's attestation root, so that answers for an enclave are among them.
 */
import * as sdk from '@aws-sdk/client-kms'
import { serveAws } from '#lib/aws/listener.ts'
import { openEngine } from '#lib/engine/engine.ts'
import { openDueWork } from '#lib/jobs/due-work.ts'
import { wireDoor } from '#lib/server/engine-door.ts'
import { attestationDocument, openAuthority, openEnclave } from './attestation.ts'
import { urlsByRole } from './clone-database.ts'
import type { KmsName } from './kms-examples.ts'
import { type Answer, openWorld, REGION, type World } from './world.ts'

export type Asked = {
  readonly operation: KmsName
  readonly input: object
  readonly output?: Answer
  readonly error?: Error
}

export type SdkWorld = {
  readonly world: World
  readonly journal: readonly Asked[]
  /** Sends a command of the SDK as the administrator, who may do everything. Throws what the SDK throws. */
  readonly send: (operation: KmsName, input?: object, region?: string) => Promise<Answer>
  /** Sends what must be refused; gives the SDK's exception. */
  readonly refusal: (operation: KmsName, input?: object, region?: string) => Promise<Error>
  /** The Recipient member of an enclave whose documents this engine believes. */
  readonly recipient: () => object
  /** Does the work that is due, after moving the clock. */
  readonly advance: (by: { days?: number; hours?: number; seconds?: number }) => Promise<void>
  readonly close: () => Promise<void>
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

async function serveAttesting(world: World, nitroRoot: string) {
  const { databaseUrl: url, rootKey } = world
  const { installation } = world.engine.services
  const urls = urlsByRole(url)
  const engine = await openEngine({ ...urls, rootKey, installation, nitroRoot, log: quiet })
  const { services, writer, id: engineId } = engine
  const fault = (message: string, cause: unknown) => {
    throw new Error(message, { cause })
  }
  const dueWork = openDueWork({ services, writer, engineId, fault })
  services.sequencer.start()
  const wire = await serveAws(wireDoor(engine), { host: '127.0.0.1', port: 0, log: quiet })
  const close = async () => {
    await wire.close()
    await dueWork.stop()
    await engine.close()
  }
  return { services, url: `http://127.0.0.1:${wire.address.port}`, close }
}

function clientOf(world: World, endpoint: string, region: string): sdk.KMSClient {
  const { id: accessKeyId, secret: secretAccessKey } = world.as('admin').accessKey
  return new sdk.KMSClient({
    endpoint,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  })
}

type Command = Parameters<sdk.KMSClient['send']>[0]
// Every operation has a command of its name.
const commandOf = (operation: KmsName, input: object): Command =>
  new (Reflect.get(sdk, `${operation}Command`) as new (of: object) => Command)(input)

/** Opens it. Close it in afterAll. */
export async function openSdkWorld(): Promise<SdkWorld> {
  const world = await openWorld()
  const now = () => new Date()
  const authority = openAuthority({ now: now() })
  const enclave = openEnclave()
  const served = await serveAttesting(world, authority.rootPem)
  const clients = new Map<string, sdk.KMSClient>()
  const journal: Asked[] = []

  async function send(operation: KmsName, input: object = {}, region = REGION): Promise<Answer> {
    const client = clients.get(region) ?? clientOf(world, served.url, region)
    clients.set(region, client)
    try {
      const output: Answer = await client.send(commandOf(operation, input))
      journal.push({ operation, input, output })
      return output
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown))
      journal.push({ operation, input, error })
      throw error
    }
  }

  return {
    world,
    journal,
    send,
    async refusal(operation, input, region) {
      try {
        await send(operation, input, region)
      } catch (thrown) {
        if (thrown instanceof Error) return thrown
      }
      throw new Error(`${operation} was not refused`)
    },
    recipient: () => ({
      KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      AttestationDocument: attestationDocument({
        authority,
        publicKey: enclave.publicKey,
        timestamp: now(),
      }),
    }),
    async advance(by) {
      await world.advance(by)
      await served.services.clock.refresh()
      await served.services.dueWork.sweep()
    },
    async close() {
      for (const client of clients.values()) client.destroy()
      await served.close()
      await world.close()
    },
  }
}

/** A world whose engine is served over HTTP, for commands that ask it as a person would. */
import { serveAws } from '#lib/aws/listener.ts'
import { wireDoor } from '#lib/server/engine-door.ts'
import { openWorld, REGION, type World } from './world.ts'

export type ServedWorld = {
  readonly world: World
  /** The environment in which a command asks as somebody of the world. */
  readonly envOf: (name: string) => Record<string, string>
  readonly close: () => Promise<void>
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

export async function openServedWorld(): Promise<ServedWorld> {
  const world = await openWorld()
  const wire = await serveAws(wireDoor(world.engine), { host: '127.0.0.1', port: 0, log: quiet })
  return {
    world,
    envOf(name) {
      const { id, secret } = world.as(name).accessKey
      return {
        AWS_ACCESS_KEY_ID: id,
        AWS_SECRET_ACCESS_KEY: secret,
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${wire.address.port}`,
      }
    },
    async close() {
      await wire.close()
      await world.close()
    },
  }
}

/** A world whose engine is served over HTTP, as the engine's process serves it. */
import { serveAws } from '#lib/aws/listener.ts'
import { openWorld, type World } from '#lib/testing/world.ts'
import { wireDoor } from '../engine-door.ts'

export type ServedWorld = { readonly world: World; readonly url: string; readonly close: () => Promise<void> }

export async function serveWorld(): Promise<ServedWorld> {
  const world = await openWorld()
  const { engine } = world
  engine.services.sequencer.start()
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const wire = await serveAws(wireDoor(engine), { host: '127.0.0.1', port: 0, log })
  return {
    world,
    url: `http://127.0.0.1:${wire.address.port}`,
    async close() {
      await wire.close()
      await world.close()
    },
  }
}

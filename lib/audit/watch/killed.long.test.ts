import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Installation, openInstallation } from '#lib/testing/installation.ts'
import { beginLoad, newLedger } from '#lib/testing/ledger.ts'

/** Longer than a hole may stay, and a look may be away. */
const WATCHED_MS = 150_000
const KILLS = 4

let installation: Installation
beforeAll(async () => {
  installation = await openInstallation()
})
afterAll(() => installation.close())

it(
  'engines that are killed under load leave no gap behind: what nobody can know is declared',
  async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const engine = await installation.startEngine()
      const load = beginLoad(engine.port, newLedger())
      await sleep(1500 + Math.random() * 500)
      process.kill(engine.pid, 'SIGKILL')
      await once(engine.running.process, 'exit')
      await load.stop()
    }
    await installation.startEngine()
    await sleep(WATCHED_MS)
    expect(await installation.sql('SELECT kind, subject FROM audit.finding')).toEqual([])
    // Nothing is left between the numbers that were seen.
    const open = await installation.sql(
      `SELECT engine_id FROM audit.engine_count
       WHERE int8multirange(int8range(1, upper(seen))) - seen - declared <> '{}'`,
    )
    expect(open).toEqual([])
  },
  WATCHED_MS + 240_000,
)

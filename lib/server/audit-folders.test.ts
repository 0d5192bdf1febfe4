/** The folders that an installation is configured for get what is theirs, by the roles that the engine has. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { event } from '#lib/testing/audit-log.ts'
import { urlsByRole } from '#lib/testing/clone-database.ts'
import { openWorld, type World } from '#lib/testing/world.ts'
import { openAuditFolders } from './audit-folders.ts'

const DAY_MS = 86_400_000
const old = new Date(Date.now() - 20 * DAY_MS)

let world: World
let folder: string
const faults: string[] = []
const open = (auditFolders: { archive?: string; digests?: string }) =>
  openAuditFolders({
    settings: { sequencerUrl: urlsByRole(world.databaseUrl).sequencerUrl, auditFolders },
    engine: world.engine,
    fault: (message, cause) => faults.push(`${message}: ${cause}`),
  })

beforeAll(async () => {
  world = await openWorld()
  folder = await mkdtemp(join(tmpdir(), 'keyhouse-folders-'))
  await world.sql('SELECT audit.make_day($1::date)', [old.toISOString()])
  await world.engine.writer.append([event({ at: old })], { accounts: [], keys: [] })
  world.engine.services.sequencer.start()
  while ((await world.sql('SELECT 1 FROM audit.leaf')).length === 0)
    await new Promise((done) => setTimeout(done, 50))
  await world.as('admin').call('PutSetting', { Name: 'keepDays', Value: '10' })
}, 60_000)
afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

it('archives go into the one, and hours of digests begin in the other', async () => {
  const folders = open({ archive: join(folder, 'archive'), digests: join(folder, 'digests') })
  await folders.look()
  await folders.stop()
  expect(faults).toEqual([])
  expect(await readdir(join(folder, 'archive'))).toEqual([old.toISOString().slice(0, 10)])
  const [delivery] = await world.sql(`SELECT state FROM audit.delivery WHERE name = 'digests'`)
  // The hour of the first look is not over yet.
  expect(delivery?.state.next).toMatch(/:00:00\.000Z$/)
})

it('an hour later the digests are there', async () => {
  await world.sql(
    `UPDATE audit.delivery SET state = jsonb_set(state, '{next}', to_jsonb($1::text)) WHERE name = 'digests'`,
    [new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 2 * 3_600_000).toISOString()],
  )
  const folders = open({ digests: join(folder, 'digests') })
  await folders.look()
  await folders.stop()
  expect(faults).toEqual([])
  expect(await readdir(join(folder, 'digests', 'AWSLogs'))).toContain('111122223333')
})

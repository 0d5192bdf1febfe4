import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'
import { openTail, type TailNews } from './tail.ts'

let world: World
let pool: pg.Pool
beforeAll(async () => {
  world = await openWorld()
  pool = new pg.Pool({ connectionString: world.databaseUrl, max: 2 })
})
afterAll(async () => {
  await pool?.end()
  await world?.close()
})

function opened() {
  const faults: string[] = []
  const tail = openTail({
    pool,
    now: () => performance.now(),
    fault: (message) => faults.push(message),
    stepMs: 5,
  })
  onTestFinished(() => tail.stop())
  return { tail, faults }
}

/** One more event that everybody's filter matches. */
async function happen() {
  await world.as('admin').call('ListKeys')
  await world.engine.services.sequencer.catchUp()
}

const question = (filter: string) => ({ account: ACCOUNT, filter })
const eventsOf = (news: TailNews) =>
  'batch' in news ? news.batch.Events.map((event) => event.eventName) : news.end

describe('a tail of the log', () => {
  it('tells each listener what its filter matches', async () => {
    const { tail } = opened()
    await world.engine.services.sequencer.catchUp()
    const all = await tail.listen(question('event:ListKeys,CreateKey'), undefined)
    const some = await tail.listen(question('event:CreateKey'), undefined)
    await happen()
    expect(eventsOf(await all.next())).toEqual(['ListKeys'])
    await world.as('admin').call('CreateKey')
    await world.engine.services.sequencer.catchUp()
    expect(eventsOf(await all.next())).toEqual(['CreateKey'])
    expect(eventsOf(await some.next())).toEqual(['CreateKey'])
  })

  it('tells nobody of another account’s events', async () => {
    const { tail } = opened()
    const listener = await tail.listen(question(''), undefined)
    await world.as('outsider').call('ListKeys')
    await happen()
    const news = await listener.next()
    expect('batch' in news && news.batch.Count).toBe(1)
  })

  it('drops who takes nothing, and goes on for the others', async () => {
    const { tail } = opened()
    await world.engine.services.sequencer.catchUp()
    const idle = await tail.listen(question('event:ListKeys'), undefined)
    const reading = await tail.listen(question('event:ListKeys'), undefined)
    for (let i = 0; i < 12; i++) {
      await happen()
      expect(eventsOf(await reading.next())).toEqual(['ListKeys'])
    }
    const taken = [await idle.next()]
    while ('batch' in (taken.at(-1) ?? {})) taken.push(await idle.next())
    expect(taken.at(-1)).toEqual({ end: 'slow' })
    expect(taken).toHaveLength(11)
  })

  it('ends for everybody when it is stopped', async () => {
    const { tail, faults } = opened()
    const listener = await tail.listen(question(''), undefined)
    const news = listener.next()
    await tail.stop()
    expect(await news).toEqual({ end: 'stopping' })
    expect(faults).toEqual([])
  })
})

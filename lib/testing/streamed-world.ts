/** A log that streams tell of, for their tests: what happens, what is logged, and how far a delivery is. */
import pg from 'pg'
import { type EventStream, openStreams, type Streams } from '#lib/audit/streams/streams.ts'
import { sqlOn } from '#lib/store/database.ts'
import { urlsByRole } from './clone-database.ts'
import { type Answer, openWorld } from './world.ts'

/** The id of a record's event. */
export const eventIdOf = (record: string): string => JSON.parse(record).eventID

/** Waits until something holds; fails after eight seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await holds()); waited += 20) {
    if (waited > 8000) throw new Error('it did not come to that')
    await new Promise((resume) => setTimeout(resume, 20))
  }
}

/** A world with some events. `calm` ends what a test began. */
export async function openStreamedWorld() {
  const world = await openWorld()
  const pool = new pg.Pool({ connectionString: urlsByRole(world.databaseUrl).sequencerUrl, max: 4 })
  pool.on('error', () => {})
  const open: Streams[] = []
  const closing: (() => void)[] = []
  const faults: string[] = []
  const { sql } = world

  const delivery = async (): Promise<Answer> => (await sql('SELECT * FROM audit.delivery'))[0] ?? {}
  /** What the log holds, in its order. */
  const logged = async (): Promise<string[]> => {
    const rows = await sql(
      `SELECT convert_from(e.body, 'UTF8') AS record FROM audit.leaf l JOIN audit.event e ON e.ts = l.ts AND e.id = l.event_id
       ORDER BY l.index`,
    )
    return rows.map(({ record }) => record)
  }

  return {
    ...{ sql, faults, closing, delivery, logged },
    ids: async () => (await logged()).map(eventIdOf),
    /** More events: as many leaves in the log. */
    async happen(times: number): Promise<void> {
      for (let one = 0; one < times; one++) await world.as('admin').call('ListKeys')
      await world.engine.services.sequencer.catchUp()
    },
    /** Whether everything that has a leaf was delivered. */
    async isTold(): Promise<boolean> {
      const [log] = await sql('SELECT size::text AS size FROM audit.log')
      return (await delivery()).delivered === log?.size
    },
    start(stream: EventStream, mayRun = async () => true): Streams {
      const streams = openStreams({
        sql: sqlOn(pool),
        streams: [stream],
        mayRun,
        fault: (message) => void faults.push(message),
        backoff: { first: 20, most: 40 },
      })
      streams.start()
      open.push(streams)
      return streams
    },
    async calm(): Promise<void> {
      await Promise.all(open.splice(0).map((streams) => streams.stop()))
      for (const close of closing.splice(0)) close()
      faults.length = 0
      await sql('DELETE FROM audit.delivery')
    },
    async close(): Promise<void> {
      await pool.end()
      await world.close()
    },
  }
}

export type StreamedWorld = Awaited<ReturnType<typeof openStreamedWorld>>

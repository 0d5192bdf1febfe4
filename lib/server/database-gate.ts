/** Refuses a database that would lose or misread what it is given (R67). It asks, and changes nothing. */
import type { ClientBase } from 'pg'

type Server = {
  version: number
  encoding: string
  fsync: string
  full_page_writes: string
  data_checksums: string
  in_recovery: boolean
}

const QUESTION = `
  SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,
    current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
    current_setting('data_checksums') AS data_checksums, pg_is_in_recovery() AS in_recovery`

const DEMANDS: readonly (readonly [keeps: (server: Server) => boolean, fault: string])[] = [
  [(server) => server.version >= 150000, 'it is older than Postgres 15'],
  [
    (server) => server.encoding === 'UTF8',
    'its encoding is not UTF8: make one with ENCODING UTF8 TEMPLATE template0',
  ],
  [(server) => server.fsync === 'on', 'fsync is off, so a crash would lose what it confirmed'],
  [(server) => server.full_page_writes === 'on', 'full_page_writes is off, so a crash could corrupt it'],
  [(server) => !server.in_recovery, 'it is a standby: name its primary'],
]

/** Gives warnings. Throws, with every reason, where the database must not be used. */
export async function checkDatabase(sql: ClientBase): Promise<string[]> {
  const { rows } = await sql.query<Server>(QUESTION)
  const server = rows[0]
  if (!server) throw new Error('the database did not say what it is')
  const faults = DEMANDS.flatMap(([keeps, fault]) => (keeps(server) ? [] : [fault]))
  if (faults.length > 0) throw new Error(`This database cannot be used: ${faults.join('; ')}.`)
  return server.data_checksums === 'on'
    ? []
    : ['data checksums are off: the database would not notice a disk that changes what it stored']
}

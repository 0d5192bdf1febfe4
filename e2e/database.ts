/**
 * The installation's database, as its superuser: no program of Keyhouse may do what a story does here. It stands for
 * somebody who has the machine and changes what is stored.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

/** Of postmaster.pid: the fourth line is the port. */
const PORT_LINE = 3

/** The installation's folder: the root key is in it. */
export const installationHome = () => process.env.E2E_HOME ?? ''

export function superuserUrl(): string {
  const home = installationHome()
  const { state } = JSON.parse(readFileSync(join(home, 'where.json'), 'utf8')) as { state: string }
  const password = readFileSync(join(home, 'postgres.password'), 'utf8').trim()
  const pid = readFileSync(join(state, 'postgres', 'data', 'postmaster.pid'), 'utf8')
  const port = pid.split('\n')[PORT_LINE]
  return `postgresql://keyhouse_bootstrap:${encodeURIComponent(password)}@127.0.0.1:${port}/keyhouse`
}

async function withDatabase<T>(run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: superuserUrl() })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/** The id of the one event whose record has this text in it. */
export const eventWith = (text: string): Promise<string> =>
  withDatabase(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT id FROM audit.event WHERE position($1 IN convert_from(body, 'UTF8')) > 0",
      [text],
    )
    const [found] = rows
    if (!found || rows.length > 1) throw new Error(`${rows.length} events have ${text} in their records`)
    return found.id
  })

/** Puts other words into the record of an event, past the triggers that keep everybody else from it. */
export const forgeEvent = (id: string, was: string, becomes: string): Promise<void> =>
  withDatabase(async (client) => {
    await client.query('SET session_replication_role = replica')
    const { rowCount } = await client.query(
      `UPDATE audit.event SET body = convert_to(replace(convert_from(body, 'UTF8'), $2, $3), 'UTF8')
       WHERE id = $1::uuid`,
      [id, was, becomes],
    )
    if (rowCount !== 1) throw new Error(`${rowCount} events were changed`)
  })

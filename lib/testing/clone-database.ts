/** A database of its own for each world: a clone of the template that the run migrated once. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** The same database as each of the roles that an engine logs in as: a right that is missing is missing in tests too. */
export function urlsByRole(databaseUrl: string) {
  const { pathname } = new URL(databaseUrl)
  const as = (role: 'engine' | 'sequencer' | 'reader') => {
    const url = new URL(inject('roleUrls')[role])
    url.pathname = pathname
    return url.href
  }
  return { engineUrl: as('engine'), sequencerUrl: as('sequencer'), readerUrl: as('reader') }
}

/** Gives its address, and how to be rid of it. */
export async function cloneDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const base = inject('postgresUrl')
  const name = `world_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: base })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')}`)
  await admin.end()
  const url = new URL(base)
  url.pathname = `/${name}`
  const drop = async () => {
    const again = new pg.Client({ connectionString: base })
    await again.connect()
    await again.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await again.end()
  }
  return { url: url.href, drop }
}

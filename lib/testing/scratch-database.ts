/** A database of its own for tests of what prepares databases: empty, or a clone of the run's template. */
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'

export type ScratchDatabase = {
  /** The superuser's URL. */
  readonly url: string
  readonly name: string
  /** Runs one statement as the superuser. */
  readonly sql: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>
  readonly drop: () => Promise<void>
}

/** `template` clones the migrated database of the run; without it the database is empty. */
export async function scratchDatabase(template?: string): Promise<ScratchDatabase> {
  const name = `scratch_${randomUUID().replaceAll('-', '')}`
  await once(inject('postgresUrl'), `CREATE DATABASE ${name} TEMPLATE ${template ?? 'template0'}`)
  const url = onDatabase(inject('postgresUrl'), name)
  return {
    url,
    name,
    sql: (text, values) => once(url, text, values),
    drop: async () => {
      await once(inject('postgresUrl'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

/** The same login on another database of the server. */
export function onDatabase(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}

/** One statement on a connection of its own. */
export async function once(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

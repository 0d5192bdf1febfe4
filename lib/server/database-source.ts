/** The database of this installation: the one that DATABASE_URL names, or the embedded one. */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from './configuration.ts'
import { type EmbeddedLog, type EmbeddedPostgres, openEmbeddedPostgres } from './embedded-postgres.ts'
import { postgresUser } from './operating-user.ts'
import type { Places } from './places.ts'
import { copiedBinaries, installedBinaries } from './postgres-binaries.ts'
import { makePostgresHome, type PostgresFolder } from './postgres-process.ts'
import { newPassword } from './role-passwords.ts'

export type DatabaseSource = { readonly url: string; stop(): Promise<void> }

/** Opens it; the embedded one runs when this resolves. Throws with what to do. */
export async function openDatabaseSource(
  configuration: Configuration,
  places: Places,
  log: EmbeddedLog,
): Promise<DatabaseSource | EmbeddedPostgres> {
  if (configuration.databaseUrl) return { url: configuration.databaseUrl, stop: async () => {} }
  return openEmbeddedPostgres(postgresFolder(places), log)
}

function postgresFolder(places: Places): PostgresFolder {
  const user = postgresUser()
  const home = makePostgresHome(places.state, user)
  const data = join(home, 'data')
  return {
    binaries: user ? copiedBinaries(places.state) : installedBinaries(),
    data,
    user,
    password: superuserPassword(places, data),
    log: openLogFile(join(places.home, 'postgres.log')),
  }
}

function superuserPassword(places: Places, data: string): string {
  const path = places.postgresPassword
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  if (existsSync(data)) {
    throw new Error(
      `${data} holds a database, but its password ${path} is gone. Restore it and root.key from their backup; to give the data up instead, run ./keyhouse uninstall.`,
    )
  }
  const password = newPassword()
  writeFileSync(path, `${password}\n`, { mode: 0o600 })
  return password
}

const LARGEST_LOG = 10 * 1024 * 1024

// One earlier log is kept, so that a server that cannot start does not fill the disk with saying so.
function openLogFile(path: string): string {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(path, `${path}.1`)
  return path
}

/**
 * One Postgres for a whole test run: the bundled server in a temporary folder, with a template database that has
 * the migrations and the roles. A test clones the template; nothing here knows what a test needs in it.
 */
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate, readMigrations } from '#lib/server/migrations.ts'
import { postgresUser, reachableByAnyone } from '#lib/server/operating-user.ts'
import { copiedBinaries, installedBinaries } from '#lib/server/postgres-binaries.ts'
import {
  freePort,
  initialise,
  makePostgresHome,
  type PostgresFolder,
  startPostgres,
  stopPostgres,
  superuserUrl,
} from '#lib/server/postgres-process.ts'
import { newPassword, verifiersOf } from '#lib/server/role-passwords.ts'
import { grantToRoles, type LoginRole, makeRoles, type RoleNames, roleNames } from '#lib/server/roles.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of database `postgres`: for CREATE DATABASE and for playing the attacker. */
    postgresUrl: string
    /** The name of the migrated database to clone: CREATE DATABASE mine TEMPLATE "…". */
    templateDatabase: string
    /** URLs of the template by role; put your clone's name into the path. Grants are cloned with the tables. */
    roleUrls: Record<LoginRole, string>
    /** What the server calls each role. */
    roleNames: RoleNames
  }
}

const TEMPLATE = 'keyhouse_template'

// A small server that a slow machine can carry; it keeps fsync, so that what is tested is what runs.
const TUNING = { shared_buffers: '32MB', max_connections: '200', max_wal_size: '256MB', autovacuum: 'off' }

function temporaryFolder(): PostgresFolder {
  const user = postgresUser()
  const parent = mkdtempSync(join(tmpdir(), 'keyhouse-test-'))
  if (user) chmodSync(parent, 0o711)
  const installed = installedBinaries()
  const home = makePostgresHome(parent, user)
  const inPlace = user === undefined || reachableByAnyone(installed.postgres)
  const folder = {
    binaries: inPlace ? installed : copiedBinaries(parent),
    data: join(home, 'data'),
    user,
    password: newPassword(),
    log: join(parent, 'postgres.log'),
  }
  if (user) chownSync(home, user.uid, user.gid)
  return folder
}

/** vitest calls this once before all tests; what it returns runs once after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = temporaryFolder()
  await initialise(folder)
  const port = await freePort()
  const server = await startPostgres(folder, port, TUNING)
  const url = (database: string) => superuserUrl(folder, port, database)
  const remove = async () => {
    await stopPostgres(server)
    rmSync(join(folder.data, '..', '..'), { recursive: true, force: true })
  }
  try {
    const roles = await makeTemplate(url)
    project.provide('postgresUrl', url('postgres'))
    project.provide('templateDatabase', TEMPLATE)
    project.provide('roleUrls', roles.urls)
    project.provide('roleNames', roles.names)
  } catch (error) {
    console.error(readFileSync(folder.log, 'utf8').slice(-2000))
    await remove()
    throw error
  }
  return remove
}

async function makeTemplate(url: (database: string) => string) {
  await onDatabase(url('postgres'), (sql) => sql.query(`CREATE DATABASE ${TEMPLATE}`))
  const names = roleNames(TEMPLATE, 'test')
  const passwords = {
    migrator: newPassword(),
    engine: newPassword(),
    sequencer: newPassword(),
    reader: newPassword(),
  }
  await onDatabase(url(TEMPLATE), async (sql) => {
    await makeRoles(sql, names, verifiersOf(passwords))
    await migrate(sql, readMigrations('prisma/migrations'), names.owner)
    await grantToRoles(sql, names)
  })
  const urlOf = (role: LoginRole) => {
    const { host } = new URL(url(TEMPLATE))
    return `postgresql://${names[role]}:${passwords[role]}@${host}/${TEMPLATE}`
  }
  const urls = {
    migrator: urlOf('migrator'),
    engine: urlOf('engine'),
    sequencer: urlOf('sequencer'),
    reader: urlOf('reader'),
  }
  return { names, urls }
}

async function onDatabase(url: string, work: (sql: Client) => Promise<unknown>): Promise<void> {
  const sql = new Client({ connectionString: url })
  await sql.connect()
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

/**
 * A process that lives for a second: makes the database ready and hands back the logins of the roles. It alone sees
 * both the bootstrap login and the root key; the supervisor never holds the root key, the engine never that login.
 */
import { z } from 'zod'
import { answerSupervisor, readHandover } from './descriptors.ts'
import { claimInstallation, openInstallationKey } from './installation-key.ts'
import { readMigrations } from './migrations.ts'
import { connectToDatabase, prepareDatabase } from './prepare-database.ts'
import { emptyDatabase } from './start-over.ts'

export const prepareSettings = z.object({
  url: z.string(),
  migrateUrl: z.string().optional(),
  rootKeyPath: z.string(),
  migrationsFolder: z.string(),
  /** Empty it first: a test installation begins anew. */
  startOver: z.boolean(),
})

const log = {
  info: (message: string) => process.stderr.write(`  ${message}\n`),
  warn: (message: string) => process.stderr.write(`  warning: ${message}\n`),
}

async function onDatabase<T>(
  url: string,
  work: (sql: Awaited<ReturnType<typeof connectToDatabase>>) => Promise<T>,
) {
  const sql = await connectToDatabase(url)
  try {
    return await work(sql)
  } finally {
    await sql.end().catch(() => {})
  }
}

async function prepare(): Promise<void> {
  const { rootKeyPath, startOver, ...database } = prepareSettings.parse(readHandover())
  const bootstrapUrl = database.migrateUrl ?? database.url
  if (startOver) {
    const names = readMigrations(database.migrationsFolder).map(({ name }) => name)
    await onDatabase(bootstrapUrl, (sql) => emptyDatabase(sql, names))
  }
  const rootKey = await onDatabase(bootstrapUrl, (sql) => openInstallationKey(sql, rootKeyPath))
  const prepared = await prepareDatabase({ ...database, rootKey, log })
  await onDatabase(prepared.engineUrl, (sql) => claimInstallation(sql, rootKey))
  answerSupervisor(prepared)
}

try {
  await prepare()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

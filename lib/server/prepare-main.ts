/**
 * A process that lives for a second: makes the database ready and hands back the logins of the roles. It alone sees
 * both the bootstrap login and the root key; the supervisor never holds the root key, the engine never that login.
 */
import { z } from 'zod'
import { answerSupervisor, readHandover } from './descriptors.ts'
import { claimInstallation, openInstallationKey } from './installation-key.ts'
import { connectToDatabase, prepareDatabase } from './prepare-database.ts'

export const prepareSettings = z.object({
  url: z.string(),
  migrateUrl: z.string().optional(),
  rootKeyPath: z.string(),
  migrationsFolder: z.string(),
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
  const { rootKeyPath, ...database } = prepareSettings.parse(readHandover())
  const rootKey = await onDatabase(database.migrateUrl ?? database.url, (sql) =>
    openInstallationKey(sql, rootKeyPath),
  )
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

/** Counts of failed sign-ins, under a hash of who and from where: never names (R89). */
import type { Database } from './database.ts'

export type Attempts = {
  readonly failures: number
  readonly lastAt: Date
  readonly blockedUntil: Date | null
}

/**
 * Changes a subject's count while nobody else can: `change` gets what is stored, or undefined, and gives what shall
 * be stored. Gives what was stored before.
 */
export function changeAttempts(
  database: Database,
  subject: Uint8Array,
  change: (stored: Attempts | undefined) => Attempts,
): Promise<Attempts | undefined> {
  return database.transaction(async ({ prisma, sql }) => {
    const where = { subject: new Uint8Array(subject) }
    // A row to lock, for the first attempt too; whoever comes second waits here.
    const made = await sql(
      `INSERT INTO keyhouse.sign_in_failure (subject, failures, last_at) VALUES ($1::bytea, 1, clock_timestamp())
       ON CONFLICT DO NOTHING RETURNING 1 AS made`,
      [where.subject],
    )
    await sql(`SELECT 1 AS held FROM keyhouse.sign_in_failure WHERE subject = $1::bytea FOR UPDATE`, [
      where.subject,
    ])
    const row = made.length > 0 ? null : await prisma.signInFailure.findUnique({ where })
    const stored = row
      ? { failures: row.failures, lastAt: row.lastAt, blockedUntil: row.blockedUntil }
      : undefined
    await prisma.signInFailure.updateMany({ where, data: change(stored) })
    return stored
  })
}

export async function clearAttempts(database: Database, subject: Uint8Array): Promise<void> {
  await database.prisma.signInFailure.deleteMany({ where: { subject: new Uint8Array(subject) } })
}

/** Forgets subjects that were quiet since `before`. */
export async function pruneAttempts(database: Database, before: Date): Promise<void> {
  await database.prisma.signInFailure.deleteMany({ where: { lastAt: { lt: before } } })
}

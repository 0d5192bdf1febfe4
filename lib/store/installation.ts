/**
 * The one row of the installation: whether it is set up, by whom it may be, and which seed it took.
 * Each change is a single guarded UPDATE, so that of two rivals one sees no row (R91).
 */
import type { Database, Sql, Transaction } from './database.ts'

export type SetupState = {
  readonly setUp: boolean
  readonly setupTokenHash: Uint8Array | null
  readonly setupExpiresAt: Date | null
  readonly seedHash: Uint8Array | null
  readonly manualClock: boolean
}

/** The row, or undefined before the first start wrote it. */
export async function readSetupState(database: Database): Promise<SetupState | undefined> {
  const row = await database.prisma.installation.findUnique({ where: { singleton: true } })
  if (!row) return undefined
  const { setUpAt, setupTokenHash, setupExpiresAt, seedHash, manualClock } = row
  return { setUp: setUpAt !== null, setupTokenHash, setupExpiresAt, seedHash, manualClock }
}

/** When the installation was made; undefined before its first start wrote the row. */
export async function readInstallationStart(sql: Sql): Promise<Date | undefined> {
  const [row] = await sql<{ at: Date }>('SELECT created_at AS at FROM keyhouse.installation', [])
  return row?.at
}

/** Puts a new set-up token in place of any other; false when the installation is set up already. */
export async function putSetupToken(
  database: Database,
  token: { hash: Uint8Array; expiresAt: Date },
): Promise<boolean> {
  const { count } = await database.prisma.installation.updateMany({
    where: { setUpAt: null },
    data: { setupTokenHash: new Uint8Array(token.hash), setupExpiresAt: token.expiresAt },
  })
  return count === 1
}

/** Spends the set-up token and marks the installation set up; false when another claim was faster. */
export async function claimSetup(
  transaction: Transaction,
  token: { hash: Uint8Array; now: Date },
): Promise<boolean> {
  const { count } = await transaction.prisma.installation.updateMany({
    where: { setUpAt: null, setupTokenHash: new Uint8Array(token.hash), setupExpiresAt: { gt: token.now } },
    data: { setUpAt: token.now, setupTokenHash: null, setupExpiresAt: null },
  })
  return count === 1
}

/** Reserves an installation that nobody set up for one seed; false when it is set up or another seed has it. */
export async function claimForSeed(
  transaction: Transaction,
  { hash, manualClock }: { hash: Uint8Array; manualClock: boolean },
): Promise<boolean> {
  const { count } = await transaction.prisma.installation.updateMany({
    where: { setUpAt: null, seedHash: null },
    data: { seedHash: new Uint8Array(hash), manualClock, setupTokenHash: null, setupExpiresAt: null },
  })
  return count === 1
}

/** The seed is in completely: first run has nothing left to do. */
export async function finishSeed(database: Database, now: Date): Promise<void> {
  await database.prisma.installation.updateMany({
    where: { setUpAt: null },
    data: { setUpAt: now, setupTokenHash: null, setupExpiresAt: null },
  })
}

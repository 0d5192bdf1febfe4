/**
 * The way to Postgres: Prisma for rows, plain SQL for hot reads and the audit batch, and one transaction that both
 * can take part in. Knows connections and nothing of what is stored.
 */
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from './generated/client.ts'

/** Runs one statement with parameters and gives its rows, columns named as the statement names them. */
export type Sql = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>

export type Transaction = { readonly prisma: Prisma.TransactionClient; readonly sql: Sql }

export type Database = {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  readonly sql: Sql
  /** All or nothing, READ COMMITTED, at most five seconds (R68). */
  readonly transaction: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

/** Settings every connection has: a statement never outlives its caller, and a commit is on disk (R56, R68). */
export const SESSION_SETTINGS = [
  '-c statement_timeout=5000',
  '-c lock_timeout=2000',
  '-c idle_in_transaction_session_timeout=10000',
  '-c synchronous_commit=on',
  '-c TimeZone=UTC',
].join(' ')

/** A pool whose idle connections may die without ending the process: the next query finds out. */
export function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: SESSION_SETTINGS,
    connectionTimeoutMillis: 2000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  })
  pool.on('error', () => {})
  // Neither may one in use that breaks between two statements.
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}

/**
 * Named statements: Postgres plans a hot query once per connection. pg wants a name per distinct text, so the
 * text itself is numbered on first sight; callers pass constants, which bounds the table.
 */
const names = new Map<string, string>()
function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `s${names.size}`
    names.set(text, name)
  }
  return name
}

/** Plain SQL on a pool. Texts must be constants of the program, never built from input. */
export function sqlOn(pool: pg.Pool): Sql {
  return async <Row>(text: string, values: readonly unknown[]) => {
    const result = await pool.query({ name: nameOf(text), text, values: [...values] })
    // The caller names the columns in the text it hands over; pg cannot know their types.
    return result.rows as Row[]
  }
}

/**
 * Opens the database. `url` is the engine role's; at most `max` connections besides Prisma's own four.
 */
export function openDatabase(url: string, max = 12): Database {
  const pool = openPool(url, max)
  // A pool of ours for Prisma too: one that it made itself would let a broken connection end the process.
  const prismaPool = openPool(url, 4)
  const adapter = new PrismaPg(prismaPool)
  const prisma = new PrismaClient({ adapter })
  return {
    prisma,
    pool,
    sql: sqlOn(pool),
    transaction: (work) =>
      prisma.$transaction(
        (client) => work({ prisma: client, sql: (text, values) => client.$queryRawUnsafe(text, ...values) }),
        { timeout: 5000, maxWait: 2000 },
      ),
    close: async () => {
      await prisma.$disconnect()
      await prismaPool.end()
      await pool.end()
    },
  }
}

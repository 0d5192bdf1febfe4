/** Leases: who does the due work now. */
import type { Sql } from './database.ts'

/**
 * Takes or renews a lease for `seconds`. Gives the fencing token, which grows with every new holder, or undefined
 * while another holds it.
 */
export async function takeLease(
  sql: Sql,
  lease: { name: string; holder: string; seconds: number },
): Promise<bigint | undefined> {
  const [row] = await sql<{ token: string }>(
    `INSERT INTO keyhouse.lease AS l (name, holder, expires_at)
     VALUES ($1, $2::uuid, clock_timestamp() + $3::int * interval '1 second')
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at,
       fencing_token = l.fencing_token + CASE WHEN l.holder = excluded.holder THEN 0 ELSE 1 END
     WHERE l.holder = excluded.holder OR l.expires_at < clock_timestamp()
     RETURNING fencing_token::text AS token`,
    [lease.name, lease.holder, lease.seconds],
  )
  return row && BigInt(row.token)
}

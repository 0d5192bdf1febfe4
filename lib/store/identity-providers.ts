/** Rows of identity providers: whose web identity tokens an account's roles may trust. */
import type { Sql, Transaction } from './database.ts'

export type IdentityProviderRow = {
  readonly account: string
  /** The issuer without https://. */
  readonly url: string
  readonly clientIds: readonly string[]
  readonly thumbprints: readonly string[]
  /** JSON Web Key Set; null where it is fetched from the issuer. */
  readonly jwks: string | null
  readonly createdAt: Date
  /** Tag values by key. */
  readonly tags: Readonly<Record<string, string>>
}

type Columns = {
  account_id: string
  url: string
  client_ids: string[]
  thumbprints: string[]
  jwks: string | null
  created_at: Date
  tags: Record<string, string>
}

const SELECT = `SELECT account_id, url, client_ids, thumbprints, jwks, created_at, tags FROM keyhouse.identity_provider
  WHERE account_id = $1`

const providerOf = (row: Columns): IdentityProviderRow => ({
  account: row.account_id,
  url: row.url,
  clientIds: row.client_ids,
  thumbprints: row.thumbprints,
  jwks: row.jwks,
  createdAt: row.created_at,
  tags: row.tags,
})

export async function readProvider(
  sql: Sql,
  account: string,
  url: string,
): Promise<IdentityProviderRow | undefined> {
  const [row] = await sql<Columns>(`${SELECT} AND url = $2`, [account, url])
  return row && providerOf(row)
}

/** The providers of an account, by URL. */
export const listProviders = async (sql: Sql, account: string): Promise<IdentityProviderRow[]> =>
  (await sql<Columns>(`${SELECT} ORDER BY url`, [account])).map(providerOf)

export async function addProvider(
  { prisma }: Transaction,
  { account, ...row }: Omit<IdentityProviderRow, 'createdAt' | 'jwks'>,
): Promise<void> {
  const { clientIds, thumbprints } = row
  await prisma.identityProvider.create({
    data: { ...row, accountId: account, clientIds: [...clientIds], thumbprints: [...thumbprints] },
  })
}

export async function changeProvider(
  { prisma }: Transaction,
  { account, url }: Pick<IdentityProviderRow, 'account' | 'url'>,
  change: { clientIds?: string[]; thumbprints?: string[]; jwks?: string; tags?: Record<string, string> },
): Promise<void> {
  await prisma.identityProvider.update({
    where: { accountId_url: { accountId: account, url } },
    data: change,
  })
}

export async function deleteProvider({ sql }: Transaction, account: string, url: string): Promise<void> {
  await sql('DELETE FROM keyhouse.identity_provider WHERE account_id = $1 AND url = $2', [account, url])
}

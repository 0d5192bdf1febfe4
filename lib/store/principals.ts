/** Rows of principals: the account root and users, with their passwords' hashes and inline policies. */
import type { Database, Sql, Transaction } from './database.ts'
import { type PolicyText, putPolicyDocument } from './policy-documents.ts'

export type NewPrincipal = {
  /** AIDA… for a user; the account id for the account root. */
  readonly id: string
  readonly account: string
  readonly kind: 'root' | 'user'
  readonly name: string
  /** argon2id in PHC form; null for one who cannot sign in. */
  readonly password: string | null
}

export type PasswordHolder = { readonly id: string; readonly name: string; readonly password: string | null }

export type PrincipalRow = {
  readonly id: string
  readonly kind: 'root' | 'user' | 'role'
  readonly name: string
  readonly path: string
}

const kindOf = (kind: string): PrincipalRow['kind'] => (kind === 'root' || kind === 'role' ? kind : 'user')

export async function addPrincipal(transaction: Transaction, principal: NewPrincipal): Promise<void> {
  const { account, ...row } = principal
  await transaction.prisma.principal.create({ data: { ...row, accountId: account } })
}

/** Gives a principal an inline policy under a name it does not use yet. */
export async function addInlinePolicy(
  transaction: Transaction,
  inline: { readonly principal: string; readonly name: string; readonly policy: PolicyText },
): Promise<void> {
  await putPolicyDocument(transaction, inline.policy)
  await transaction.prisma.principalPolicy.create({
    data: {
      principalId: inline.principal,
      name: inline.name,
      policyHash: new Uint8Array(inline.policy.hash),
    },
  })
}

/** The user with a canonical (lower-case) name; names differ by more than case. */
export async function findUser(
  database: Database,
  account: string,
  name: string,
): Promise<PasswordHolder | undefined> {
  const [row] = await database.sql<PasswordHolder>(
    `SELECT id, name, password FROM keyhouse.principal WHERE account_id = $1 AND kind = 'user' AND lower(name) = $2`,
    [account, name],
  )
  return row
}

const ORDER: Record<PrincipalRow['kind'], number> = { root: 0, user: 1, role: 2 }

/** Everyone in an account: the root, users, then roles; each by name. */
export async function listPrincipals(database: Database, account: string): Promise<PrincipalRow[]> {
  const rows = await database.prisma.principal.findMany({
    where: { accountId: account },
    select: { id: true, kind: true, name: true, path: true },
    orderBy: { name: 'asc' },
  })
  return rows.map((row) => ({ ...row, kind: kindOf(row.kind) })).sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
}

/** Keeps others from changing the principal until the transaction ends; false when there is none. */
export async function lockPrincipal(transaction: Transaction, id: string): Promise<boolean> {
  const rows = await transaction.sql(`SELECT 1 FROM keyhouse.principal WHERE id = $1 FOR UPDATE`, [id])
  return rows.length === 1
}

/** When each of these actors last appears in the log. Goes to the reader: never for decisions. */
export async function lastActive(
  reader: Sql,
  account: string,
  arns: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await reader<{ arn: string; at: Date | null }>(
    `SELECT arn, (SELECT max(ts) FROM audit.entry WHERE account_id = $1 AND actor_arn = arn) AS at
     FROM unnest($2::text[]) AS arn`,
    [account, arns],
  )
  return new Map(rows.flatMap(({ arn, at }) => (at ? [[arn, at] as const] : [])))
}

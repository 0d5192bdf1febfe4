/** Rows of guardrails: what the principals of an account may do at most. */
import type { Database, Transaction } from './database.ts'
import { type PolicyText, putPolicyDocument } from './policy-documents.ts'

type Rows = Pick<Database, 'prisma'> | Transaction

export type GuardrailRow = { readonly name: string; readonly policy: string; readonly createdAt: Date }

/** By name. */
export async function listGuardrails(rows: Rows, account: string): Promise<GuardrailRow[]> {
  const found = await rows.prisma.guardrail.findMany({
    where: { accountId: account },
    select: { name: true, createdAt: true, document: { select: { body: true } } },
    orderBy: { name: 'asc' },
  })
  return found.map(({ document, ...row }) => ({ ...row, policy: document.body }))
}

/** Adds a guardrail, or gives the one of this name another text. */
export async function putGuardrail(
  transaction: Transaction,
  guardrail: { readonly account: string; readonly name: string; readonly policy: PolicyText },
): Promise<void> {
  const { account: accountId, name, policy } = guardrail
  await putPolicyDocument(transaction, policy)
  const policyHash = new Uint8Array(policy.hash)
  await transaction.prisma.guardrail.upsert({
    where: { accountId_name: { accountId, name } },
    create: { accountId, name, policyHash },
    update: { policyHash },
  })
}

export async function deleteGuardrail({ prisma }: Transaction, account: string, name: string): Promise<void> {
  await prisma.guardrail.delete({ where: { accountId_name: { accountId: account, name } } })
}

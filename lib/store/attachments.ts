/** What users and roles hold of policies: inline ones, attached ones and the boundary. Groups have files of their own. */
import type { Database, Transaction } from './database.ts'
import { type PolicyText, putPolicyDocument } from './policy-documents.ts'

type Rows = Pick<Database, 'prisma'> | Transaction

export type InlinePolicyRow = { readonly name: string; readonly document: string }
export type AttachedPolicyRow = { readonly id: string; readonly path: string; readonly name: string }

/** By name. */
export async function inlinePolicies(rows: Rows, principal: string): Promise<InlinePolicyRow[]> {
  const found = await rows.prisma.principalPolicy.findMany({
    where: { principalId: principal },
    select: { name: true, document: { select: { body: true } } },
    orderBy: { name: 'asc' },
  })
  return found.map(({ name, document }) => ({ name, document: document.body }))
}

/** Adds an inline policy, or gives the one of this name another text. */
export async function putInlinePolicy(
  transaction: Transaction,
  inline: { readonly principal: string; readonly name: string; readonly policy: PolicyText },
): Promise<void> {
  const { principal: principalId, name, policy } = inline
  await putPolicyDocument(transaction, policy)
  const policyHash = new Uint8Array(policy.hash)
  await transaction.prisma.principalPolicy.upsert({
    where: { principalId_name: { principalId, name } },
    create: { principalId, name, policyHash },
    update: { policyHash },
  })
}

export async function deleteInlinePolicy(
  { prisma }: Transaction,
  principal: string,
  name: string,
): Promise<void> {
  await prisma.principalPolicy.delete({ where: { principalId_name: { principalId: principal, name } } })
}

/** By name. */
export async function attachedPolicies(rows: Rows, principal: string): Promise<AttachedPolicyRow[]> {
  const found = await rows.prisma.principalAttachment.findMany({
    where: { principalId: principal },
    select: { policy: { select: { id: true, path: true, name: true } } },
    orderBy: { policy: { name: 'asc' } },
  })
  return found.map(({ policy }) => policy)
}

/** Attaching what is attached changes nothing. */
export async function attachPolicy(
  { prisma }: Transaction,
  principal: string,
  policy: string,
): Promise<void> {
  const data = [{ principalId: principal, policyId: policy }]
  await prisma.principalAttachment.createMany({ data, skipDuplicates: true })
}

export async function detachPolicy(
  { prisma }: Transaction,
  principal: string,
  policy: string,
): Promise<void> {
  await prisma.principalAttachment.delete({
    where: { principalId_policyId: { principalId: principal, policyId: policy } },
  })
}

/** Null takes the boundary away. */
export async function setBoundary(
  { prisma }: Transaction,
  principal: string,
  policy: string | null,
): Promise<void> {
  await prisma.principal.update({ where: { id: principal }, data: { boundaryId: policy } })
}

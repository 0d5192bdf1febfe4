/** Policy texts by the SHA-256 of their bytes: added, never changed, never deleted. */
import type { Transaction } from './database.ts'

export type PolicyText = { readonly hash: Uint8Array; readonly body: string }

/** Makes sure a policy text is stored. The database checks that the hash is the text's. */
export async function putPolicyDocument(transaction: Transaction, policy: PolicyText): Promise<void> {
  await transaction.prisma.policyDocument.createMany({
    data: [{ hash: new Uint8Array(policy.hash), body: policy.body }],
    skipDuplicates: true,
  })
}

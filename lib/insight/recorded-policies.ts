/** The policies that recorded requests were judged with, by their hashes; each text is read and compiled once. */
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { policyOf } from '#lib/engine/identities.ts'
import type { RecordedIdentity } from '#lib/engine/recorded-identity.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import type { Sql } from '#lib/store/database.ts'
import { readPolicyDocuments } from '#lib/store/policy-documents.ts'

/** Undefined for a hash whose text is not there. */
export type RecordedPolicies = (hash: string) => NamedPolicy | undefined

const hashesOf = ({ policies, boundary, guardrails, session }: RecordedIdentity) => [
  ...(policies ?? []),
  ...(boundary === undefined ? [] : [boundary]),
  ...(guardrails ?? []),
  ...(session?.policies ?? []),
]

const KIND: PolicyKind = 'identity'

/** Of all these identities: boundaries, guardrails and session policies are written as identity policies are. */
export async function openRecordedPolicies(
  sql: Sql,
  identities: readonly RecordedIdentity[],
): Promise<RecordedPolicies> {
  const hashes = [...new Set(identities.flatMap(hashesOf))]
  const texts = hashes.length === 0 ? new Map<string, string>() : await readPolicyDocuments(sql, hashes)
  const compiled = new Map(
    [...texts].map(([hash, body]) => [hash, policyOf(KIND, { name: hash.slice(0, 8), hash, body })]),
  )
  return (hash) => compiled.get(hash)
}

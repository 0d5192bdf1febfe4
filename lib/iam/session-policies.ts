/**
 * Policies that narrow one session: a document of its own and managed policies, read when the session is opened. AWS
 * packs them with the session's tags into a token of a fixed size; here the size is that of their characters.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { parseArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { checkIdentityPolicy } from '#lib/policy/check.ts'
import type { Sql } from '#lib/store/database.ts'
import { readManagedPolicyText } from '#lib/store/managed-policy-texts.ts'
import type { PolicyText } from '#lib/store/policy-documents.ts'

/** AWS: the plain text of a session policy and the ARNs of managed ones, together. */
const SPACE = 2048

type Given = {
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly { readonly arn: string }[] | undefined
}

export type SessionPolicies = {
  readonly texts: readonly PolicyText[]
  /** In percent of what there is room for; undefined where nothing was to be packed. */
  readonly packedSize: number | undefined
}

/** The documents, in order. @throws MalformedPolicyDocumentException, ValidationException, PackedPolicyTooLarge */
export async function sessionPolicies(
  sql: Sql,
  account: string,
  given: Given & { readonly tags: Readonly<Record<string, string>> },
): Promise<SessionPolicies> {
  const { Policy, PolicyArns = [], tags } = given
  const packedSize = packed([Policy?.replace(/\s+/g, '') ?? '', ...PolicyArns.map(({ arn }) => arn)], tags)
  const texts: PolicyText[] = []
  if (Policy !== undefined) texts.push(inlineText(Policy))
  for (const { arn } of PolicyArns) texts.push(await managedText(sql, account, arn))
  return { texts, packedSize }
}

function inlineText(body: string): PolicyText {
  const fault = checkIdentityPolicy(body)
  if (fault !== null) throw new KmsError('MalformedPolicyDocumentException', fault)
  return { hash: sha256(body), body }
}

async function managedText(sql: Sql, account: string, text: string): Promise<PolicyText> {
  const arn = parseArn(text)
  if (arn?.service !== 'iam' || !arn.resource.startsWith('policy/')) {
    throw new KmsError('ValidationException', `${text} is invalid`)
  }
  const own = arn.account === account
  const found = own && (await readManagedPolicyText(sql, account, arn.resource.slice('policy'.length)))
  if (!found) throw new KmsError('ValidationException', `Policy ${text} does not exist or is not attachable.`)
  return found
}

function packed(texts: readonly string[], tags: Readonly<Record<string, string>>): number | undefined {
  const size = [...texts, ...Object.entries(tags).flat()].reduce((sum, { length }) => sum + length, 0)
  if (size === 0) return undefined
  const percent = Math.ceil((size / SPACE) * 100)
  if (percent > 100) {
    throw new KmsError(
      'PackedPolicyTooLarge',
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    )
  }
  return percent
}

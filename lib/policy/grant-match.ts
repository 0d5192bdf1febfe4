/** Which grant, if any, permits a request to its caller (facts §8.5, §9). Grants only allow; they never deny. */
import { type Grant, type GrantOperation, type GrantRequest, grantPermits } from '#lib/domain/grant.ts'
import type { Asker } from './compile.ts'
import { type Evidence, readKey } from './pattern.ts'

export type GrantMatch = {
  /**
   * A grant to the caller itself: enough alone, also on another account's key. One to the role of a session is
   * `limited` by the session's boundary and policies, as a key policy that names the role is (unverified).
   */
  readonly caller: { readonly grant: Grant; readonly limited: boolean } | null
  /** A grant to the caller's account: its identity policies decide who of it. */
  readonly account: Grant | null
}

type Asked = {
  readonly asker: Asker
  readonly operation: GrantOperation
  readonly request: Omit<GrantRequest, 'sourceArn'>
  readonly evidence: Evidence
}

/** The values that constraints look at are evidence, as those of conditions are. */
function readConstraints({ constraints }: Grant, evidence: Evidence): void {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints ?? {}
  for (const name of Object.keys({ ...equals, ...subset }))
    readKey(evidence, `kms:encryptioncontext:${name.toLowerCase()}`)
}

type Names = 'caller' | 'role' | 'account' | undefined

/** How a grant names the caller. */
function namedBy({ grantee: { kind, name } }: Grant, { principal, rootArn }: Asker): Names {
  if (principal.kind === 'service')
    return kind === 'Service' && name === principal.name ? 'caller' : undefined
  if (kind !== 'AWS') return undefined
  if (name === principal.arn) return 'caller'
  if (name === principal.role?.arn) return 'role'
  return name === rootArn ? 'account' : undefined
}

/** The first grant that names the caller, or else its role, and the first that names its account. */
export function matchGrants(grants: readonly Grant[], asked: Asked): GrantMatch {
  const { asker, operation, evidence } = asked
  let caller: GrantMatch['caller'] = null
  let account: Grant | null = null
  for (const grant of grants) {
    const named = namedBy(grant, asker)
    if (named === undefined || !grant.operations.includes(operation)) continue
    const sourceArn = grant.constraints?.SourceArn === undefined ? undefined : sourceArnOf(evidence)
    readConstraints(grant, evidence)
    const permits = grantPermits(grant, operation, { ...asked.request, sourceArn })
    // What constraints compare is the request's: where none was made, they may hold.
    if (!permits && !evidence.assume?.favours) continue
    // A later grant to the session itself is worth more than one to its role.
    if (named === 'caller') return { caller: { grant, limited: false }, account }
    if (named === 'role') caller ??= { grant, limited: true }
    else account ??= grant
  }
  return { caller, account }
}

const sourceArnOf = (evidence: Evidence): string | undefined => readKey(evidence, 'aws:sourcearn')?.[0]

/** Which grant, if any, permits a request to its caller (facts §8.5, §9). Grants only allow; they never deny. */
import { type Grant, type GrantOperation, type GrantRequest, grantPermits } from '#lib/domain/grant.ts'
import type { Asker } from './compile.ts'
import { type Evidence, readKey } from './pattern.ts'

export type GrantMatch = {
  /** A grant to the caller itself: enough alone, also on another account's key. */
  readonly caller: Grant | null
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

/** The first grant that names the caller, and the first that names its account. Services are never callers. */
export function matchGrants(grants: readonly Grant[], asked: Asked): GrantMatch {
  const { asker, operation, evidence } = asked
  let account: Grant | null = null
  for (const grant of grants) {
    const { kind, name } = grant.grantee
    const caller = name === asker.principal.arn
    if (kind !== 'AWS' || !(caller || name === asker.rootArn) || !grant.operations.includes(operation))
      continue
    const sourceArn = grant.constraints?.SourceArn === undefined ? undefined : sourceArnOf(evidence)
    readConstraints(grant, evidence)
    if (!grantPermits(grant, operation, { ...asked.request, sourceArn })) continue
    if (caller) return { caller: grant, account }
    account ??= grant
  }
  return { caller: null, account }
}

const sourceArnOf = (evidence: Evidence): string | undefined => readKey(evidence, 'aws:sourcearn')?.[0]

/** How much there is to say about each managed policy of an account: what its list shows beside IAM's own. */
import type { z } from 'zod'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import type { FindingSeverity } from '#lib/domain/access.ts'
import { policyArn } from '#lib/domain/arn.ts'
import { ListPolicyFindingsInput } from '#lib/domain/operations/policy-tools.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { lintPolicy } from '#lib/policy/lint/lint.ts'
import { policiesInForce } from '#lib/store/managed-policies.ts'
import { maySilently } from './access-rights.ts'
import { surroundingsOf } from './lint-policy.ts'

type Input = z.infer<typeof ListPolicyFindingsInput>

export type PolicyFindings = {
  readonly PolicyName: string
  readonly Findings: number
  /** Of the gravest; without findings there is none. */
  readonly Severity?: FindingSeverity
}

/** A long policy takes some milliseconds, and the engine answers others between two. */
const DEFAULT_LIMIT = 50
const pause = () => new Promise<void>((resume) => setImmediate(resume))

const purposeOf = ({ account }: Call) => `policy-findings/${account}`

function startOf(call: Call, marker: string | undefined): string {
  if (marker === undefined) return ''
  const after = openMarker(call.services.markerKey, purposeOf(call), marker)
  if (typeof after === 'string') return after
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

export const ListPolicyFindings = operation({
  name: 'ListPolicyFindings',
  service: 'Keyhouse',
  action: 'iam:ListPolicies',
  class: 'read',
  input: ListPolicyFindingsInput,
  logged: { request: () => null },

  async run(call, { Marker, Limit: limit = DEFAULT_LIMIT }: Input) {
    await call.permit()
    const { sql } = call.services.database
    const found = await policiesInForce(sql, call.account, { after: startOf(call, Marker), limit: limit + 1 })
    const asked = { kind: 'identity', policy: '', key: {}, caller: null, everyone: [] } as const
    const surroundings = await surroundingsOf(call, asked)
    const mayRead = maySilently(call, 'iam:GetPolicyVersion')
    const Policies: PolicyFindings[] = []
    for (const { path, name, body } of found.slice(0, limit)) {
      // Of a text that is closed to the asker nothing is said.
      if (!mayRead(policyArn(call.identity.principal.partition, call.account, path, name))) continue
      const findings = lintPolicy(body, surroundings)
      const [gravest] = findings
      Policies.push({
        PolicyName: name,
        Findings: findings.length,
        ...(gravest && { Severity: gravest.Severity }),
      })
      await pause()
    }
    const last = found.at(limit - 1)
    return {
      Policies,
      ...(found.length > limit &&
        last && { NextMarker: sealMarker(call.services.markerKey, purposeOf(call), last.name) }),
    }
  },
})

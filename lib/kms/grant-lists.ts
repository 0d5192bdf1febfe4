/** ListGrants and ListRetirableGrants. Grants that were written behind our back are reported and left out (R15). */
import { keyArn, parseArn, partitionOf } from '#lib/domain/arn.ts'
import { ListGrantsInput, ListRetirableGrantsInput } from '#lib/domain/operations/grants.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { constraintsOf } from '#lib/engine/grants.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  type GrantPosition,
  type GrantRow,
  type ListedGrant,
  listGrants,
  listRetirableGrants,
} from '#lib/store/grants.ts'
import { checkGrantId, forResource } from './grant-rules.ts'
import { pageOf, startOf } from './paging.ts'

const DEFAULT_LIMIT = 50

/** Facts §9.1. Members that do not apply are left out; Name is empty instead. */
function entryOf(row: GrantRow) {
  const constraints = constraintsOf(row)
  const place = { partition: partitionOf(row.region), region: row.region, account: row.account }
  return {
    KeyId: keyArn(place, row.keyId),
    GrantId: row.id,
    Name: row.name,
    CreationDate: row.createdAt,
    ...(row.granteeKind === 'AWS'
      ? { GranteePrincipal: row.grantee }
      : { GranteeServicePrincipal: row.grantee }),
    ...(row.retiring !== null &&
      (row.retiringKind === 'AWS'
        ? { RetiringPrincipal: row.retiring }
        : { RetiringServicePrincipal: row.retiring })),
    IssuingAccount: row.issuingAccount,
    Operations: row.operations,
    ...(constraints && { Constraints: constraints }),
  }
}

async function answer(call: Call, found: readonly ListedGrant[], page: { limit: number; scope: string }) {
  const position = (last: ListedGrant): GrantPosition => ({ createdAt: last.position, id: last.id })
  const { rows, more } = pageOf(call, { rows: found, position, ...page })
  return { Grants: (await call.services.keys.genuineGrants(rows)).map(entryOf), ...more }
}

/** AWS keeps filters by service for callers that are one; nobody is, here. */
function refuseServiceFilter(member: string, value: string | undefined): void {
  if (value === undefined) return
  throw new KmsError('ValidationException', `${member} can be used only by an AWS service principal.`)
}

export const ListGrants = operation({
  name: 'ListGrants',
  service: 'KMS',
  action: 'kms:ListGrants',
  class: 'read',
  input: ListGrantsInput,
  logged: { request: members('KeyId', 'GrantId', 'GranteePrincipal', 'Limit', 'Marker') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:ListGrants', { deed: 'read', conditions: forResource(call) })
    const { GrantId: id, GranteePrincipal: grantee } = input
    refuseServiceFilter('GranteeServicePrincipal', input.GranteeServicePrincipal)
    if (id !== undefined) checkGrantId(id)
    const limit = input.Limit ?? DEFAULT_LIMIT
    const scope = JSON.stringify([key.arn, id, grantee])
    const after = startOf<GrantPosition>(call, input.Marker, scope)
    const found = await listGrants(
      call.services.database.sql,
      { key: key.row, filter: { id, grantee } },
      { after, limit },
    )
    return answer(call, found, { limit, scope })
  },
})

/** The retiring principal, which must be one of the caller's account (facts §2.39). */
function ownPrincipal(call: Call, arn: string | undefined): string {
  if (arn === undefined) throw new KmsError('ValidationException', 'Specify RetiringPrincipal.')
  if (parseArn(arn)?.account !== call.account) throw new KmsError('InvalidArnException', `Invalid arn ${arn}`)
  return arn
}

export const ListRetirableGrants = operation({
  name: 'ListRetirableGrants',
  service: 'KMS',
  action: 'kms:ListRetirableGrants',
  class: 'read',
  input: ListRetirableGrantsInput,
  logged: { request: members('RetiringPrincipal', 'Limit', 'Marker') },
  async run(call, input) {
    // What is asked about is the principal, not a key.
    await call.permit({ resource: input.RetiringPrincipal ?? '*' })
    refuseServiceFilter('RetiringServicePrincipal', input.RetiringServicePrincipal)
    const retiring = ownPrincipal(call, input.RetiringPrincipal)
    const limit = input.Limit ?? DEFAULT_LIMIT
    const after = startOf<GrantPosition>(call, input.Marker, retiring)
    const { database } = call.services
    const found = await listRetirableGrants(database.sql, { retiring, region: call.region }, { after, limit })
    return answer(call, found, { limit, scope: retiring })
  },
})

/** RevokeGrant, by whoever the key's policies let, and RetireGrant, by whoever the grant itself names (facts §9.6). */
import type { z } from 'zod'
import { keyArn, partitionOf } from '#lib/domain/arn.ts'
import type { Grant, GrantPrincipal } from '#lib/domain/grant.ts'
import { RetireGrantInput, RevokeGrantInput } from '#lib/domain/operations/grants.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { type GrantPlace, openGrantToken } from '#lib/engine/grant-tokens.ts'
import { parseKeyReference } from '#lib/engine/key-reference.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { StaleDecision } from '#lib/engine/stale.ts'
import { deleteGrant, type GrantRow, readGrant } from '#lib/store/grants.ts'
import { checkGrantId, forResource } from './grant-rules.ts'

const unknownGrant = (id: string) => new KmsError('NotFoundException', `Grant ID ${id} not found`)

/** Deletes the row with its event; somebody who was faster means that everything is looked at again. */
const end = (call: Call, key: AllowedKey, id: string) =>
  call.change({
    keys: [{ key }],
    rows: async (rows) => {
      if (!(await deleteGrant(rows, key.row, id))) throw new StaleDecision()
    },
    output: undefined,
  })

export const RevokeGrant = operation({
  name: 'RevokeGrant',
  service: 'KMS',
  action: 'kms:RevokeGrant',
  class: 'admin',
  input: RevokeGrantInput,
  logged: { request: members('KeyId', 'GrantId') },
  async run(call, input) {
    const { GrantId: id } = input
    const key = await call.key(input.KeyId, 'kms:RevokeGrant', {
      deed: 'endGrant',
      conditions: forResource(call),
    })
    checkGrantId(id)
    // Also one that was written behind our back: it permits nothing, and can be taken away.
    if (!(await readGrant(call.services.database.sql, key.row, id))) throw unknownGrant(id)
    return end(call, key, id)
  },
})

type Named = { readonly place: GrantPlace; readonly by: 'token' | 'id' }

/** The grant that a request names: by its token, or by the ARN of its key and its id. */
function namedGrant(call: Call, input: z.output<typeof RetireGrantInput>): Named {
  const { GrantToken: token, KeyId: keyId, GrantId: grantId } = input
  if (token !== undefined && keyId === undefined && grantId === undefined) {
    const place = openGrantToken(call.services.grantTokenKey, token)
    if (place.region !== call.region) throw goneToken()
    return { place, by: 'token' }
  }
  if (token !== undefined || keyId === undefined || grantId === undefined)
    throw new KmsError('ValidationException', 'Specify either a grant token, or a key ARN and a grant ID.')
  checkGrantId(grantId)
  if (!keyId.startsWith('arn:')) throw new KmsError('InvalidArnException', `Invalid arn ${keyId}`)
  const { kind, account, ...reference } = parseKeyReference(keyId, call.place)
  if (kind !== 'key' || !('id' in reference))
    throw new KmsError('InvalidArnException', `Invalid arn ${keyId}`)
  return { place: { account, region: call.region, id: reference.id, grantId }, by: 'id' }
}

const goneToken = () => new KmsError('InvalidGrantTokenException', 'The grant token is not valid.')

/** Who may retire a grant, said as grants: the evaluator judges them as it judges every other. */
function retirers(row: GrantRow): Grant[] {
  const may: GrantPrincipal[] = [{ kind: 'AWS', name: row.issuingAccount }]
  if (row.retiring !== null && row.retiringKind !== null)
    may.unshift({ kind: row.retiringKind, name: row.retiring })
  if (row.operations.includes('RetireGrant')) may.push({ kind: row.granteeKind, name: row.grantee })
  return may.map((grantee) => ({ id: row.id, grantee, operations: ['RetireGrant'], constraints: null }))
}

/**
 * The refusal for a grant that is not there. About another account's key it is the one that a key without this grant
 * gives, so that nobody learns which keys exist (facts §2.1).
 */
async function missing(call: Call, { place, by }: Named, arn: string): Promise<KmsError> {
  if (by === 'token') return goneToken()
  if (place.account !== call.account) await call.key(arn, 'kms:RetireGrant', { deed: 'endGrant', grants: [] })
  else if (!(await call.services.keys.byId(place)))
    return new KmsError('NotFoundException', `Key '${arn}' does not exist`)
  return unknownGrant(place.grantId)
}

export const RetireGrant = operation({
  name: 'RetireGrant',
  service: 'KMS',
  action: 'kms:RetireGrant',
  class: 'admin',
  input: RetireGrantInput,
  logged: { request: members('KeyId', 'GrantId') },
  async run(call, input) {
    const named = namedGrant(call, input)
    const { account, region, id, grantId } = named.place
    call.note({ grantId })
    const arn = keyArn({ partition: partitionOf(region), region, account }, id)
    const found = await readGrant(call.services.database.sql, named.place, grantId)
    const [row] = await call.services.keys.genuineGrants(found ? [found] : [])
    if (!row) throw await missing(call, named, arn)
    const key = await call.key(arn, 'kms:RetireGrant', { deed: 'endGrant', grants: retirers(row) })
    return end(call, key, grantId)
  },
})

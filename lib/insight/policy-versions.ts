/** The versions of a key's policy: who put each in force, when, by which event, and what it changed in words. */
import type { z } from 'zod'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import type { PolicyVersionView } from '#lib/domain/access.ts'
import { GetPolicyVersionInput, ListPolicyVersionsInput } from '#lib/domain/operations/policy-tools.ts'
import { policyDelta } from '#lib/domain/policy-delta.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  listPolicyVersions,
  newestPolicyVersion,
  type PolicyVersionRow,
  readPolicyVersion,
} from '#lib/store/policy-versions.ts'

type ListInput = z.output<typeof ListPolicyVersionsInput>
type GetInput = z.output<typeof GetPolicyVersionInput>

const DEFAULT_LIMIT = 20

const purposeOf = (call: Call, key: AllowedKey) => `policy-versions/${call.account}/${key.arn}`

function startOf(call: Call, key: AllowedKey, marker: string | undefined): number | undefined {
  if (marker === undefined) return undefined
  const before = openMarker(call.services.markerKey, purposeOf(call, key), marker)
  if (typeof before === 'number') return before
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

type Pair = { readonly row: PolicyVersionRow; readonly earlier: PolicyVersionRow | undefined }

const viewOf = ({ row, earlier }: Pair, newest: number, account: string): PolicyVersionView => ({
  Version: row.version,
  CreatedAt: row.createdAt,
  CreatedBy: row.createdBy,
  EventId: row.eventId,
  Delta: earlier ? policyDelta(earlier.policy, row.policy, account) : [],
  InForce: row.version === newest,
})

export const ListPolicyVersions = operation({
  name: 'ListPolicyVersions',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  input: ListPolicyVersionsInput,
  logged: { request: ({ KeyId }: ListInput) => ({ keyId: KeyId }) },

  async run(call, { KeyId, Marker, Limit: limit = DEFAULT_LIMIT }: ListInput) {
    const key = await call.key(KeyId, 'kms:GetKeyPolicy', { deed: 'read' })
    const { services } = call
    const before = startOf(call, key, Marker)
    const { sql } = services.database
    // One more than asked for: the last of a page is told against the one before it.
    const [rows, newest] = await Promise.all([
      listPolicyVersions(sql, key.row, { before, limit: limit + 1 }),
      newestPolicyVersion(sql, key.row),
    ])
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      Versions: shown.map((row, index) => viewOf({ row, earlier: rows[index + 1] }, newest, key.row.account)),
      ...(rows.length > limit &&
        last && { NextMarker: sealMarker(services.markerKey, purposeOf(call, key), last.version) }),
    }
  },
})

export const GetPolicyVersion = operation({
  name: 'GetPolicyVersion',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  input: GetPolicyVersionInput,
  logged: { request: ({ KeyId, Version }: GetInput) => ({ keyId: KeyId, version: Version }) },

  async run(call, { KeyId, Version }: GetInput) {
    const key = await call.key(KeyId, 'kms:GetKeyPolicy', { deed: 'read' })
    const { sql } = call.services.database
    const [row, earlier] = await readPolicyVersion(sql, key.row, Version)
    if (!row) throw new KmsError('NotFoundException', `The key policy has no version ${Version}`)
    const newest = await newestPolicyVersion(sql, key.row)
    return { ...viewOf({ row, earlier }, newest, key.row.account), Policy: row.policy }
  },
})

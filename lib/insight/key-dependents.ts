/** What would be missed with a key, as far as can be seen from here: before it is deleted (console 3.17). */
import type { z } from 'zod'
import type { KeyDependents as Answer } from '#lib/domain/evidence.ts'
import { keyNamedIn } from '#lib/domain/key-naming.ts'
import { allows } from '#lib/domain/key-state.ts'
import { KeyDependentsInput } from '#lib/domain/operations/evidence.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { grantsOfKey } from '#lib/store/grants.ts'
import { policiesNaming } from '#lib/store/policies-naming.ts'
import { describedKey } from './key-usage.ts'

type Input = z.infer<typeof KeyDependentsInput>

/** So many texts are read; whoever has more policies about one key knows that it is needed. */
const MOST_POLICIES = 1000

const aliasesOf = ({ row }: AllowedKey) => row.aliases.map(({ name }) => name)

async function policiesOf(call: Call, key: AllowedKey): Promise<Answer['Policies']> {
  const names = { id: key.row.id, aliases: aliasesOf(key) }
  const { sql } = call.services.database
  const found = await policiesNaming(sql, key.row, [names.id, ...names.aliases], MOST_POLICIES)
  return found.flatMap(({ kind, name, body }) => {
    const named = keyNamedIn(body, names)
    return named === undefined ? [] : [{ Kind: kind, Name: name, Names: named }]
  })
}

/** Grants that were written behind our back permit nothing (R15), and so nobody misses them. */
async function grantees(call: Call, { row }: AllowedKey): Promise<string[]> {
  if (!row.hasGrants) return []
  const { database, keys } = call.services
  return (await keys.genuineGrants(await grantsOfKey(database.sql, row))).map(({ grantee }) => grantee)
}

/** A primary outlives its replicas; a replica has nobody who waits for it. */
const replicasOf = ({ row }: AllowedKey) =>
  row.primaryRegion === row.region ? row.memberRegions.filter((region) => region !== row.region) : []

export const KeyDependents = operation({
  name: 'KeyDependents',
  service: 'Keyhouse',
  action: 'kms:DescribeKey',
  class: 'read',
  input: KeyDependentsInput,
  logged: { request: ({ KeyId }: Input) => ({ keyId: KeyId }) },

  async run(call, { KeyId }: Input): Promise<Answer> {
    const key = await describedKey(call, KeyId)
    const [policies, granted] = await Promise.all([policiesOf(call, key), grantees(call, key)])
    const { origin, state } = key.row
    return {
      Aliases: aliasesOf(key),
      Grants: granted.length,
      GranteePrincipals: [...new Set(granted)].sort(),
      ReplicaRegions: replicasOf(key),
      Policies: policies,
      // Only into this very key, and only while its state admits it: no other key can take its place.
      Reimportable: origin === 'EXTERNAL' ? allows('importMaterial', state) : null,
    }
  },
})

/** Which keys of the account and Region a principal can do what with, in the order of their ids. */
import type { z } from 'zod'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import type { AccessCell, AccessColumn, Step } from '#lib/domain/access.ts'
import { accessColumns } from '#lib/domain/access-columns.ts'
import type { Grant } from '#lib/domain/grant.ts'
import { KeysOfInput } from '#lib/domain/operations/access.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { operation } from '#lib/engine/operation.ts'
import { keyIdsAfter } from '#lib/store/access.ts'
import { checkCurrent, mayRead, ownKey, sightOf } from './access-rights.ts'
import { candidateOf, cellsOf, judge, mayUse } from './access-rows.ts'
import { ownSteps } from './access-steps.ts'
import { askedPrincipal, isOneself, type Subject } from './asked-principal.ts'

type Input = z.infer<typeof KeysOfInput>

export type KeyRow = {
  readonly KeyId: string
  readonly KeyArn: string
  readonly Alias: string | null
  readonly Cells: Readonly<Record<string, AccessCell>>
  readonly Steps: readonly Step[]
}

const DEFAULT_LIMIT = 50

const purposeOf = ({ account, region }: Call, arn: string) => `keys-of/${account}/${region}/${arn}`

function startOf(call: Call, { Marker, PrincipalArn }: Input): string | undefined {
  if (Marker === undefined) return undefined
  const after = openMarker(call.services.markerKey, purposeOf(call, PrincipalArn), Marker)
  if (typeof after === 'string') return after
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

const never = () => null

/** A key's row; when it was used by whom is the key's own matrix to say. */
async function keyRow(
  call: Call,
  subject: Subject,
  { key, open }: { key: LoadedKey; open: boolean },
): Promise<KeyRow> {
  const { identity } = subject
  const grants: readonly Grant[] = await call.services.keys.grants(key, identity.principal)
  const columns = accessColumns(key.row)
  const judged = judge(
    candidateOf(call, subject, { key, policy: key.policy, grantsOf: () => grants }),
    columns,
  )
  const cells = cellsOf(judged, never)
  return {
    KeyId: key.row.id,
    KeyArn: key.arn,
    Alias: key.row.aliases[0]?.name ?? null,
    Cells: open
      ? cells
      : Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, { ...cell, Why: '' }])),
    Steps: mayUse(judged, columns) ? [] : ownSteps(judged, columns),
  }
}

/** The columns of all the keys together, each once, by part. */
function columnsOf(keys: readonly LoadedKey[]): AccessColumn[] {
  const all = new Map(keys.flatMap(({ row }) => accessColumns(row)).map((column) => [column.Action, column]))
  const parts = ['use', 'manage', 'control'] as const
  return parts.flatMap((part) => [...all.values()].filter(({ Part }) => Part === part))
}

export const KeysOf = operation({
  name: 'KeysOf',
  service: 'Keyhouse',
  action: 'kms:ListKeys',
  class: 'read',
  // Asked as people look from one principal to the next.
  recorded: false,
  input: KeysOfInput,
  logged: { request: () => null },

  async run(call, input: Input) {
    const { PrincipalArn: arn, Limit: limit = DEFAULT_LIMIT } = input
    await call.permit({ action: 'kms:ListKeys' })
    await sightOf(call, arn, undefined)
    const subject = await askedPrincipal(call, arn)
    const ids = await keyIdsAfter(
      call.services.database.sql,
      { account: call.account, region: call.region },
      { after: startOf(call, input), limit },
    )
    const keys: LoadedKey[] = []
    const Rows: KeyRow[] = []
    for (const id of ids.slice(0, limit)) {
      const key = await ownKey(call, id)
      const open = key ? await mayRead(call, key.arn) : false
      // Of a key that is closed to the asker nothing is said but what concerns themselves.
      if (!key || !(open || isOneself(call, arn))) continue
      keys.push(key)
      Rows.push(await keyRow(call, subject, { key, open }))
    }
    await checkCurrent(call, keys)
    const last = ids.at(limit - 1)
    return {
      Columns: columnsOf(keys),
      Rows,
      ...(ids.length > limit &&
        last !== undefined && {
          NextMarker: sealMarker(call.services.markerKey, purposeOf(call, arn), last),
        }),
    }
  },
})

/** Customer keys of a Region that nobody used for so many days, though they were there. Exact. */
import type { z } from 'zod'
import { fingerprint } from '#lib/audit/search/position.ts'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import type { UnusedKey } from '#lib/domain/evidence.ts'
import { ListUnusedKeysInput } from '#lib/domain/operations/evidence.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { listUnusedKeys, type UnusedKeyQuery, type UnusedKeyRow } from '#lib/store/unused-keys.ts'

type Input = z.infer<typeof ListUnusedKeysInput>

const PURPOSE = 'unused-keys'
const DEFAULT_LIMIT = 100
const DAY_MS = 86_400_000

type Position = NonNullable<UnusedKeyQuery['after']>
const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' && value !== null && 'position' in value && 'id' in value

function positionOf(call: Call, purpose: string, cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  const position = openMarker(call.services.markerKey, purpose, cursor)
  if (isPosition(position)) return position
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

const listed =
  (region: string) =>
  ({ id, alias, state, createdAt, lastUsed }: UnusedKeyRow): UnusedKey => ({
    KeyId: id,
    Region: region,
    Alias: alias,
    State: state,
    CreatedAt: createdAt,
    LastUsed: lastUsed,
  })

export const ListUnusedKeys = operation({
  name: 'ListUnusedKeys',
  service: 'Keyhouse',
  action: 'kms:ListKeys',
  class: 'read',
  input: ListUnusedKeysInput,
  logged: { request: ({ Days }: Input) => ({ days: Days }) },

  /** For whoever may list the keys, as SearchKeys is. */
  async run(call, { Days, Limit = DEFAULT_LIMIT, Cursor }: Input) {
    await call.permit()
    const { account, region, services, now } = call
    const purpose = `${PURPOSE}/${fingerprint([account, region, Days])}`
    const after = positionOf(call, purpose, Cursor)
    await services.sequencer.catchUp()
    const real = services.clock.real()
    const found = await listUnusedKeys(services.reader, {
      ...{ account, region, after, limit: Limit + 1 },
      madeBefore: new Date(now.getTime() - Days * DAY_MS),
      unusedSince: new Date(real.getTime() - Days * DAY_MS),
      aheadMs: now.getTime() - real.getTime(),
    })
    const keys = found.slice(0, Limit)
    const last = keys.at(-1)
    const next = found.length > Limit && last ? { position: last.position, id: last.id } : undefined
    return {
      Keys: keys.map(listed(region)),
      ...(next && { NextCursor: sealMarker(services.markerKey, purpose, next) }),
    }
  },
})

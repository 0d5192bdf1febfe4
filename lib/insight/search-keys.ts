/** The list of keys of an account and Region, as its page shows, sorts and filters it. */
import type { z } from 'zod'
import { COUNTED } from '#lib/audit/search/count.ts'
import { fingerprint } from '#lib/audit/search/position.ts'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import { keyArn } from '#lib/domain/arn.ts'
import { SearchKeysInput } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { type KeyPosition, type ListedKey, searchKeys } from '#lib/store/search-keys.ts'
import { keyTerms } from './key-terms.ts'

type Input = z.infer<typeof SearchKeysInput>

const PURPOSE = 'search-keys'
const DEFAULT_LIMIT = 100

type Sealed = KeyPosition & { readonly question: string }
const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'question' in value && 'value' in value && 'id' in value

function positionOf(call: Call, question: string, cursor: string | undefined): KeyPosition | undefined {
  if (cursor === undefined) return undefined
  const sealed = openMarker(call.services.markerKey, PURPOSE, cursor)
  if (isSealed(sealed) && sealed.question === question) return sealed
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

const dated = (text: string | null) => (text === null ? null : new Date(text))

function listed(call: Call, key: ListedKey) {
  const use = key.last_use
  return {
    id: key.id,
    arn: keyArn(call.place, key.id),
    aliases: key.aliases,
    state: key.state,
    spec: key.spec,
    usage: key.usage,
    origin: key.origin,
    multiRegion: key.multi_region,
    /** Where the family's schedule is kept; null for a key that has no family. */
    primaryRegion: key.primary_region,
    imported: key.import && {
      expires: dated(key.import.expires),
      last: dated(key.import.last),
      sessionUntil: dated(key.import.session),
    },
    description: key.description,
    lastUse: use && { ts: new Date(use.ts), operation: use.operation, actor: use.actor, eventId: use.event },
    rotationEnabled: key.rotation_enabled,
    nextRotation: key.next_rotation_at,
    created: key.created_at,
    deletionDate: key.deletion_at,
    tags: key.tags,
  }
}

export const SearchKeys = operation({
  name: 'SearchKeys',
  service: 'Keyhouse',
  action: 'kms:ListKeys',
  class: 'read',
  input: SearchKeysInput,
  logged: {
    request: ({ Manager, Filter, Sort, Order }: Input) => ({
      manager: Manager,
      filter: Filter,
      sort: Sort,
      order: Order,
    }),
  },

  async run(call, input: Input) {
    await call.permit()
    const {
      Manager: manager = 'CUSTOMER',
      Filter: filter = '',
      Sort: sort = 'alias',
      Order: order = 'ascending',
      Limit: limit = DEFAULT_LIMIT,
    } = input
    const question = fingerprint([call.account, call.region, manager, filter, sort, order])
    const { keys: found, count } = await searchKeys(call.services.reader, {
      account: call.account,
      region: call.region,
      manager,
      terms: keyTerms(filter, call.services.clock.real()),
      sort,
      descending: order === 'descending',
      after: positionOf(call, question, input.Cursor),
      limit: limit + 1,
      countTo: COUNTED + 1,
    })
    const keys = found.slice(0, limit)
    const last = keys.at(-1)
    const next = found.length > limit && last ? { question, value: last.sorted, id: last.id } : undefined
    return {
      Keys: keys.map((key) => listed(call, key)),
      ...(next && { NextCursor: sealMarker(call.services.markerKey, PURPOSE, next) }),
      Count: Math.min(count, COUNTED),
      CountIsExact: count <= COUNTED,
    }
  },
})

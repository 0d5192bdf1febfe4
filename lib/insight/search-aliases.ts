/** The list of aliases of an account and Region, as its page shows and filters it. */
import type { z } from 'zod'
import { COUNTED } from '#lib/audit/search/count.ts'
import { likePattern } from '#lib/audit/search/parameters.ts'
import { fingerprint } from '#lib/audit/search/position.ts'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import { aliasArn } from '#lib/domain/arn.ts'
import { SearchAliasesInput } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { countAliases, type ListedAlias, searchAliases } from '#lib/store/search-aliases.ts'

type Input = z.infer<typeof SearchAliasesInput>

const PURPOSE = 'search-aliases'
const DEFAULT_LIMIT = 100

/** The words may stand anywhere in a name. */
const patternOf = (words: string): string | undefined =>
  words === '' ? undefined : `%${likePattern({ text: words, glob: true })}`

function startOf(call: Call, purpose: string, cursor: string | undefined): string {
  if (cursor === undefined) return ''
  const after = openMarker(call.services.markerKey, purpose, cursor)
  if (typeof after === 'string') return after
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

function listed(
  call: Call,
  { name, keyId, createdAt, updatedAt, state, spec, usage, last_use }: ListedAlias,
) {
  return {
    AliasName: name,
    AliasArn: aliasArn(call.place, name),
    CreationDate: createdAt,
    LastUpdatedDate: updatedAt,
    TargetKeyId: keyId,
    KeyState: state,
    KeySpec: spec,
    KeyUsage: usage,
    lastUse: last_use && {
      ts: new Date(last_use.ts),
      operation: last_use.operation,
      actor: last_use.actor,
    },
  }
}

export const SearchAliases = operation({
  name: 'SearchAliases',
  service: 'Keyhouse',
  action: 'kms:ListAliases',
  class: 'read',
  input: SearchAliasesInput,
  logged: { request: ({ Words }: Input) => ({ words: Words }) },

  async run(call, { Words: words = '', Limit: limit = DEFAULT_LIMIT, Cursor: cursor }: Input) {
    await call.permit()
    // Beside each name stands what the list of keys tells of its key.
    await call.permit({ action: 'kms:ListKeys' })
    const { services, account, region } = call
    const purpose = `${PURPOSE}/${fingerprint([account, region, words])}`
    const question = { account, region, pattern: patternOf(words.trim()) }
    const after = startOf(call, purpose, cursor)
    const [found, count] = await Promise.all([
      searchAliases(services.reader, { ...question, after, limit }),
      countAliases(services.reader, question, COUNTED + 1),
    ])
    const aliases = found.slice(0, limit)
    const last = aliases.at(-1)
    return {
      Aliases: aliases.map((alias) => listed(call, alias)),
      ...(found.length > limit && last && { NextCursor: sealMarker(services.markerKey, purpose, last.name) }),
      Count: Math.min(count, COUNTED),
      CountIsExact: count <= COUNTED,
    }
  },
})

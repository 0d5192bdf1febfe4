/**
 * The list of the grants of an account and Region, whatever key they are of, as its page shows and filters it. Grants
 * that were written behind our back are reported and left out, as in ListGrants (R15).
 */
import type { z } from 'zod'
import { COUNTED } from '#lib/audit/search/count.ts'
import { holdingPattern, likePattern } from '#lib/audit/search/parameters.ts'
import { fingerprint } from '#lib/audit/search/position.ts'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import { keyArn } from '#lib/domain/arn.ts'
import { type FilterTerm, parseFilter } from '#lib/domain/filter.ts'
import { GRANT_FIELDS, type GrantField, SearchGrantsInput } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { grantOf } from '#lib/engine/grants.ts'
import { operation } from '#lib/engine/operation.ts'
import type { GrantPosition } from '#lib/store/grants.ts'
import { type FoundGrant, type GrantQuery, type GrantTerm, searchGrants } from '#lib/store/search-grants.ts'

type Input = z.infer<typeof SearchGrantsInput>

const PURPOSE = 'search-grants'
const DEFAULT_LIMIT = 100

type Sealed = GrantPosition & { readonly question: string }
const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'question' in value && 'createdAt' in value && 'id' in value

function positionOf(call: Call, question: string, cursor: string | undefined): GrantPosition | undefined {
  if (cursor === undefined) return undefined
  const sealed = openMarker(call.services.markerKey, PURPOSE, cursor)
  if (isSealed(sealed) && sealed.question === question) return sealed
  throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
}

const isGrantField = (field: string): field is GrantField => Object.hasOwn(GRANT_FIELDS, field)

const refuse = (message: string, at: number) =>
  new KmsError('ValidationException', `${message} (at character ${at + 1} of the filter)`)

function grantTerm(term: FilterTerm): GrantTerm {
  const { negated } = term
  if (term.kind === 'text') {
    // Words are looked for anywhere in a text.
    return { field: 'text', negated, patterns: [holdingPattern(term.value)] }
  }
  if (term.kind === 'group') throw refuse('This list takes no parentheses', term.start)
  if (!isGrantField(term.field)) throw refuse(`There is no field ${term.field}`, term.start)
  return { field: term.field, negated, patterns: term.values.map(likePattern) }
}

function grantTerms(filter: string): GrantTerm[] {
  const { terms, faults } = parseFilter(filter, GRANT_FIELDS)
  const [fault] = faults
  if (fault) throw refuse(fault.message, fault.start)
  return terms.map(grantTerm)
}

async function mayList(call: Call, keyId: string): Promise<boolean> {
  try {
    await call.key(keyId, 'kms:ListGrants', {
      deed: 'read',
      conditions: { 'kms:GrantIsForAWSResource': 'false' },
    })
    return true
  } catch (thrown) {
    // A key that went meanwhile took its grants along.
    const closed =
      thrown instanceof KmsError && ['AccessDeniedException', 'NotFoundException'].includes(thrown.code)
    if (closed) return false
    throw thrown
  }
}

/** As many keys are asked before a list is told; grants stand on few keys, as a rule. */
const MOST_KEYS = 100
const ROUNDS = 10
const ROUND = 200

/** The keys of grants that fit, by whether their policy lets the caller list them; `all` when none was left unasked. */
type KeysAsked = { readonly open: string[]; readonly closed: string[]; readonly all: boolean }

const ofKeys = (patterns: readonly string[], negated: boolean): GrantTerm[] =>
  patterns.length === 0 ? [] : [{ field: 'key', negated, patterns }]

/**
 * ListGrants is for the key's policy to give: of a key that is closed to the caller no grant is told, and none counted.
 * Each round finds the newest grants of keys that are not known yet, and asks for those keys.
 */
async function askKeys(
  call: Call,
  query: Omit<GrantQuery, 'after' | 'limit' | 'countTo'>,
): Promise<KeysAsked> {
  const open: string[] = []
  const closed: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const { grants } = await searchGrants(call.services.reader, {
      ...query,
      terms: [...query.terms, ...ofKeys([...open, ...closed], true)],
      after: undefined,
      limit: ROUND,
      countTo: 1,
    })
    for (const id of new Set(grants.map(({ keyId }) => keyId))) {
      if (open.length + closed.length === MOST_KEYS) return { open, closed, all: false }
      const list = (await mayList(call, id)) ? open : closed
      list.push(id)
    }
    if (grants.length < ROUND) return { open, closed, all: true }
  }
  return { open, closed, all: false }
}

/** Of keys that were left unasked, those of the page are asked. */
async function ofOpenKeys(
  call: Call,
  rows: readonly FoundGrant[],
  asked: KeysAsked,
): Promise<readonly FoundGrant[]> {
  if (asked.all) return rows
  const open = new Set(asked.open)
  for (const id of new Set(rows.map(({ keyId }) => keyId)))
    if (!open.has(id) && (await mayList(call, id))) open.add(id)
  return rows.filter(({ keyId }) => open.has(keyId))
}

/** How many grants the caller may list: of all keys, or at least so many, of those that were asked. */
async function countOf(
  call: Call,
  query: Omit<GrantQuery, 'after' | 'limit' | 'countTo'>,
  { open, all }: KeysAsked,
): Promise<{ Count: number; CountIsExact: boolean }> {
  if (open.length === 0) return { Count: 0, CountIsExact: all }
  const { count } = await searchGrants(call.services.reader, {
    ...query,
    terms: [...query.terms, ...ofKeys(open, false)],
    after: undefined,
    limit: 0,
    countTo: COUNTED + 1,
  })
  return { Count: Math.min(count, COUNTED), CountIsExact: all && count <= COUNTED }
}

/** As ListGrants tells it, with the names of its key and who made it. */
function listed(call: Call, row: FoundGrant) {
  const { grantee, operations, constraints } = grantOf(row)
  return {
    KeyId: keyArn(call.place, row.keyId),
    KeyAliases: row.aliases,
    GrantId: row.id,
    Name: row.name,
    CreationDate: row.createdAt,
    ...(grantee.kind === 'AWS'
      ? { GranteePrincipal: grantee.name }
      : { GranteeServicePrincipal: grantee.name }),
    ...(row.retiring !== null &&
      (row.retiringKind === 'AWS'
        ? { RetiringPrincipal: row.retiring }
        : { RetiringServicePrincipal: row.retiring })),
    IssuingAccount: row.issuingAccount,
    CreatedBy: row.createdBy,
    Operations: operations,
    ...(constraints && { Constraints: constraints }),
  }
}

export const SearchGrants = operation({
  name: 'SearchGrants',
  service: 'Keyhouse',
  action: 'kms:ListGrants',
  class: 'read',
  input: SearchGrantsInput,
  logged: { request: ({ Filter }: Input) => ({ filter: Filter }) },

  async run(call, { Filter: filter = '', Limit: limit = DEFAULT_LIMIT, Cursor: cursor }: Input) {
    await call.permit({ resource: '*' })
    const question = fingerprint([call.account, call.region, filter])
    const query = { account: call.account, region: call.region, terms: grantTerms(filter) }
    const after = positionOf(call, question, cursor)
    const asked = await askKeys(call, query)
    const [{ grants: found }, counted] = await Promise.all([
      searchGrants(call.services.reader, {
        ...query,
        terms: [...query.terms, ...ofKeys(asked.closed, true)],
        after,
        limit: limit + 1,
        countTo: 1,
      }),
      countOf(call, query, asked),
    ])
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    const told = await call.services.keys.genuineGrants(await ofOpenKeys(call, rows, asked))
    const next = found.length > limit && last && { question, createdAt: last.position, id: last.id }
    return {
      Grants: told.map((row) => listed(call, row)),
      ...(next && { NextCursor: sealMarker(call.services.markerKey, PURPOSE, next) }),
      ...counted,
    }
  },
})

/**
 * The list of the grants of an account and Region, whatever key they are of, as its page shows and filters it. Grants
 * that were written behind our back are reported and left out, as in ListGrants (R15).
 */
import type { z } from 'zod'
import { likePattern } from '#lib/audit/conditions.ts'
import { fingerprint } from '#lib/audit/position.ts'
import { COUNTED } from '#lib/audit/search.ts'
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import { keyArn } from '#lib/domain/arn.ts'
import { type FilterTerm, parseFilter } from '#lib/domain/filter.ts'
import { GRANT_FIELDS, type GrantField, SearchGrantsInput } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { grantOf } from '#lib/engine/grants.ts'
import { operation } from '#lib/engine/operation.ts'
import type { GrantPosition } from '#lib/store/grants.ts'
import { type FoundGrant, type GrantTerm, searchGrants } from '#lib/store/search-grants.ts'

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
    return { field: 'text', negated, patterns: [`%${likePattern({ text: term.value.text, glob: true })}`] }
  }
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

/** ListGrants is for the key's policy to give: of a key that is closed to the caller no grant is told. */
async function ofOpenKeys(call: Call, rows: readonly FoundGrant[]): Promise<FoundGrant[]> {
  const open = new Set<string>()
  for (const id of new Set(rows.map(({ keyId }) => keyId))) if (await mayList(call, id)) open.add(id)
  return rows.filter(({ keyId }) => open.has(keyId))
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
    const { grants: found, count } = await searchGrants(call.services.reader, {
      account: call.account,
      region: call.region,
      terms: grantTerms(filter),
      after: positionOf(call, question, cursor),
      limit: limit + 1,
      countTo: COUNTED + 1,
    })
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    const told = await call.services.keys.genuineGrants(await ofOpenKeys(call, rows))
    const next = found.length > limit && last && { question, createdAt: last.position, id: last.id }
    return {
      Grants: told.map((row) => listed(call, row)),
      ...(next && { NextCursor: sealMarker(call.services.markerKey, PURPOSE, next) }),
      Count: Math.min(count, COUNTED),
      CountIsExact: count <= COUNTED,
    }
  },
})

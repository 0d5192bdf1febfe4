/**
 * What of a Region's keys needs a person's look, as far as permission goes (console 3.2). Reads what is cheap: the policies
 * that changed within a week, by their texts, and the log for the root user. It judges nobody's requests.
 */

import { rootArn } from '#lib/domain/arn.ts'
import type { AttentionItem, AttentionKind } from '#lib/domain/evidence.ts'
import { readPolicy } from '#lib/domain/policy-grammar.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { overlapIn } from '#lib/policy/lint/duty-rules.ts'
import { policiesChangedSince, policiesNamingDeleted } from '#lib/store/policy-versions.ts'
import { checkCurrent, isDenied, mayRead, ownKey } from './access-rights.ts'
import { counted, people } from './attention-words.ts'

const WEEK_MS = 7 * 86_400_000
/** So many keys are looked at; whoever changes more policies in a week reads the log. */
const MOST_KEYS = 50

const isOne = (arns: readonly string[]) => (arns.length === 1 ? 's' : '')

const SENTENCES = {
  'root-used': () => 'was used',
  overlap: (arns) => `${people(arns)} manage${isOne(arns)} and use${isOne(arns)} it`,
  'other-account': (accounts) => `can be used by account ${accounts.join(', ')} since this change`,
  'deleted-principal': (ids) => `its policy names ${counted(ids.length, 'deleted principal')}`,
} as const satisfies Partial<Record<AttentionKind, (of: readonly string[]) => string>>

type Found = { readonly keyId: string; readonly at: Date; readonly eventId: string | null }

const itemOf = (
  Kind: keyof typeof SENTENCES,
  key: LoadedKey,
  { at, eventId, principals }: Found & { readonly principals: readonly string[] },
): AttentionItem => ({
  Kind,
  KeyId: key.row.id,
  Region: key.row.region,
  Alias: key.row.aliases[0]?.name ?? null,
  Sentence: SENTENCES[Kind](principals),
  Principals: principals,
  At: at,
  EventId: eventId,
})

const namesIn = (policy: string) =>
  readPolicy(policy, 'key').statements.flatMap(({ effect, principal }) =>
    effect === 'Allow' ? (principal?.names ?? []) : [],
  )

/** Other accounts that a policy lets in, as such or by somebody of theirs. */
function accountsIn(policy: string, own: string): string[] {
  const found = namesIn(policy).flatMap((name) => {
    const form = principalForm(name)
    return form?.form === 'account' || form?.form === 'identity' ? [form.account] : []
  })
  return [...new Set(found)].filter((account) => account !== own)
}

const deletedIn = (policy: string): string[] => {
  const found = namesIn(policy).filter((name) => principalForm(name)?.form === 'unique-id')
  return [...new Set(found.map(({ value }) => value))]
}

const without = (now: readonly string[], before: readonly string[]) =>
  now.filter((name) => !before.includes(name))

/** What a changed policy lets happen that the one of a week ago did not. */
function newIn(key: LoadedKey, found: Found & { readonly before: string | null }): AttentionItem[] {
  const { policy, account } = key.row
  const before = found.before
  const both = without(overlapIn(policy, key.row), before === null ? [] : overlapIn(before, key.row))
  const others = without(accountsIn(policy, account), before === null ? [] : accountsIn(before, account))
  return [
    ...(both.length > 0 ? [itemOf('overlap', key, { ...found, principals: both })] : []),
    ...(others.length > 0 ? [itemOf('other-account', key, { ...found, principals: others })] : []),
  ]
}

/** Items of keys whose policy the caller may read, in the order given. */
async function itemsOf<F extends Found>(
  call: Call,
  found: readonly F[],
  items: (key: LoadedKey, found: F) => AttentionItem[],
): Promise<{ readonly items: AttentionItem[]; readonly keys: LoadedKey[] }> {
  const keys: LoadedKey[] = []
  const all: AttentionItem[] = []
  for (const one of found) {
    const key = await ownKey(call, one.keyId)
    if (!key || key.row.manager === 'AWS') continue
    const about = items(key, one)
    if (about.length === 0 || !(await mayRead(call, key.arn))) continue
    keys.push(key)
    all.push(...about)
  }
  return { items: all, keys }
}

/** The last thing that the account's root did within a week; nothing for whoever may not read the log. */
async function rootUse(call: Call, from: Date): Promise<AttentionItem[]> {
  try {
    await call.permit({ action: 'cloudtrail:LookupEvents' })
  } catch (thrown) {
    if (isDenied(thrown)) return []
    throw thrown
  }
  const { account, services } = call
  const arn = rootArn(call.place.partition, account)
  const filter = `actor:"${arn}" -class:system`
  const page = await services.search.page({ account, from, filter, order: 'newest', limit: 1 })
  return page.events.map(({ ts, id }) => ({
    ...{ Kind: 'root-used', KeyId: null, Region: null, Alias: null, Principals: [arn] },
    ...{ Sentence: SENTENCES['root-used'](), At: ts, EventId: id },
  }))
}

/** What a Region's keys need as far as permission goes, for whoever may list them; decided on what is current. */
export async function accessItems(call: Call): Promise<AttentionItem[]> {
  const { services, account, region } = call
  const { sql } = services.database
  const since = new Date(services.clock.real().getTime() - WEEK_MS)
  const [changed, orphaned] = await Promise.all([
    policiesChangedSince(sql, { account, region }, { since, limit: MOST_KEYS }),
    policiesNamingDeleted(sql, { account, region }, MOST_KEYS),
  ])
  const fresh = await itemsOf(call, changed, newIn)
  const gone = await itemsOf(call, orphaned, (key, found) => {
    const names = deletedIn(key.row.policy)
    return names.length > 0 ? [itemOf('deleted-principal', key, { ...found, principals: names })] : []
  })
  const root = await rootUse(call, since)
  await checkCurrent(call, [...fresh.keys, ...gone.keys])
  return [...root, ...fresh.items, ...gone.items]
}

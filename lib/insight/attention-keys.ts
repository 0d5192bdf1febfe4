/** What keys of a Region need, by their state and by what is tried with them: the part of the overview's list about keys. */
import { lastScheduled, refusedUse } from '#lib/audit/usage/refused-use.ts'
import { keyArn } from '#lib/domain/arn.ts'
import type { AttentionItem, KeyWatchView, UseBudgetView } from '#lib/domain/evidence.ts'
import type { Call } from '#lib/engine/call.ts'
import { listKeyWatches } from '#lib/store/key-watches.ts'
import { type DueKey, keysDue } from '#lib/store/keys-due.ts'
import { counted, dayOf, numbered, people } from './attention-words.ts'
import { isRunning, watchView } from './key-watches.ts'
import { budgetViews } from './use-budgets.ts'

/** Imported material that expires in so many days is asked for again. */
const SOON_DAYS = 14
/** So many keys of a kind are looked at; a Region with more has a list to work through. */
const MOST_KEYS = 100
const MOST_WATCHES = 20
/** The longest that a key may wait for its deletion. */
const LONGEST_WAIT_MS = 30 * 86_400_000

type About = Pick<AttentionItem, 'Kind' | 'Sentence'> & Partial<AttentionItem>

export const itemAbout = (
  call: Call,
  key: { readonly id: string; readonly alias: string | null },
  about: About,
): AttentionItem => ({
  ...{ KeyId: key.id, Region: call.region, Alias: key.alias, At: null, Principals: [], EventId: null },
  ...about,
})

/** Calls that failed for a key since its deletion was scheduled. */
async function missedSince(call: Call, key: DueKey) {
  const { account, region, services, place } = call
  const now = services.clock.real()
  const scheduled = await lastScheduled(services.reader, { account, region, id: key.id })
  return refusedUse(services.reader, {
    ...{ account, region, keyId: key.id, keyArn: keyArn(place, key.id) },
    from: scheduled ?? new Date(now.getTime() - LONGEST_WAIT_MS),
    to: now,
  })
}

const newest = (times: readonly Date[]) => new Date(Math.max(...times.map((time) => time.getTime())))

/** A key that waits for its deletion while somebody still asks for it. */
async function missedKey(call: Call, key: DueKey): Promise<AttentionItem[]> {
  const refused = await missedSince(call, key)
  if (refused.length === 0) return []
  const calls = refused.reduce((sum, { count }) => sum + count, 0)
  const when = key.at ? ` on ${dayOf(key.at)}` : ''
  return [
    itemAbout(call, key, {
      Kind: 'pending-deletion',
      Sentence: `will be deleted${when}, and ${counted(calls, 'call')} failed for it since that was scheduled`,
      At: newest(refused.map(({ last }) => last)),
      Principals: refused.map(({ principal }) => principal),
    }),
  ]
}

function expiringKey(call: Call, key: DueKey): AttentionItem[] {
  if (!key.at) return []
  const verb = key.at <= call.now ? 'expired' : 'expires'
  const Sentence = `its imported material ${verb} on ${dayOf(key.at)}`
  return [itemAbout(call, key, { Kind: 'material-expires', Sentence })]
}

const overdueKey = (call: Call, key: DueKey): AttentionItem[] => [
  itemAbout(call, key, { Kind: 'rotation-overdue', Sentence: 'its rotation is overdue since', At: key.at }),
]

/** Keys that something is due for. Who still asks for one that will be deleted is told to whoever may search the log. */
export async function dueKeys(call: Call, mayLookup: boolean): Promise<AttentionItem[]> {
  const limits = { expiryDays: SOON_DAYS, limit: MOST_KEYS }
  const items: AttentionItem[] = []
  for (const key of await keysDue(call.services.reader, call, limits)) {
    if (key.kind === 'expiry') items.push(...expiringKey(call, key))
    if (key.kind === 'rotation') items.push(...overdueKey(call, key))
    if (key.kind === 'deletion' && mayLookup) items.push(...(await missedKey(call, key)))
  }
  return items
}

function watchItem(call: Call, { KeyId, Alias, Refused, Principals, EndsAt }: KeyWatchView): AttentionItem {
  const who = Principals.map(({ Principal }) => Principal)
  return itemAbout(
    call,
    { id: KeyId, alias: Alias },
    {
      Kind: 'watch',
      Sentence: `is watched until ${dayOf(EndsAt)}, and ${counted(Refused, 'call')} by ${people(who)} failed for it`,
      At: newest(Principals.map(({ Last }) => Last)),
      Principals: who,
    },
  )
}

/** Watches that run and have seen somebody who misses the key. */
export async function watchesThatSaw(call: Call): Promise<AttentionItem[]> {
  const { reader, clock } = call.services
  const watches = await listKeyWatches(reader, call, { limit: MOST_WATCHES })
  const items: AttentionItem[] = []
  for (const watch of watches) {
    if (!isRunning(watch, clock.real())) continue
    const view = await watchView(call, watch)
    if (view.Refused > 0) items.push(watchItem(call, view))
  }
  return items
}

const PERIOD = { day: 'today', month: 'this month' } as const

const overspent = (call: Call, { KeyId, Alias, Period, Used, Most }: UseBudgetView): AttentionItem =>
  itemAbout(
    call,
    { id: KeyId, alias: Alias },
    {
      Kind: 'budget',
      Sentence: `was used ${counted(Used, 'time')} ${PERIOD[Period]}; its budget is ${numbered(Most)} a ${Period}`,
    },
  )

export async function overspentBudgets(call: Call): Promise<AttentionItem[]> {
  const budgets = await budgetViews(call)
  return budgets.filter(({ Used, Most }) => Used > Most).map((budget) => overspent(call, budget))
}

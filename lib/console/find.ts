/**
 * Where something pasted leads: the keys, the event and the request of an id, in every Region of the account that is
 * signed in. Server only: it asks the engine as the person, who finds what that person may see.
 */
import { printFilter } from '#lib/domain/filter.ts'
import { tryAsk } from './engine.ts'
import { count, shortId } from './format.ts'
import { isDenied, type RefusalView } from './messages.ts'
import type { KeyMetadata } from './outputs.ts'
import type { Pasted } from './pasted.ts'
import { paths } from './paths.ts'
import type { SessionView } from './session.ts'

/** One thing that was found. Without an address there is only a reason why it cannot be opened. */
export type Hit = {
  readonly label: string
  readonly detail: string
  readonly keyId?: string
  readonly href?: string
  readonly reason?: string
}
export type Found = { readonly hits: readonly Hit[]; readonly keys: readonly Hit[] }

export type KeyAnswer = {
  readonly region: string
  readonly key?: KeyMetadata
  readonly refusal?: RefusalView
}

/** What each Region says of a key's id or alias. */
export const keyInRegions = (regions: readonly string[], reference: string): Promise<KeyAnswer[]> =>
  Promise.all(
    regions.map(async (region) => {
      const { output, refusal } = await tryAsk('DescribeKey', { KeyId: reference }, { region })
      return output ? { region, key: output.KeyMetadata } : { region, refusal }
    }),
  )

/** "You don't have kms:DescribeKey in 444455556666." */
export const notAllowed = (account: string) => `You don’t have kms:DescribeKey on it in ${account}.`

async function nameOf(region: string, key: KeyMetadata): Promise<string> {
  const { output } = await tryAsk('ListAliases', { KeyId: key.KeyId, Limit: 1 }, { region })
  return output?.Aliases[0]?.AliasName ?? `Key ${shortId(key.KeyId)}`
}

const keyHit = async ({ region, key }: KeyAnswer & { key: KeyMetadata }, name?: string): Promise<Hit> => ({
  label: name ?? (await nameOf(region, key)),
  detail: `Key in ${region}, ${key.KeyState}`,
  keyId: key.KeyId,
  href: paths.key({ account: key.AWSAccountId, region }, key.KeyId),
})

const isFound = (answer: KeyAnswer): answer is KeyAnswer & { key: KeyMetadata } => answer.key !== undefined

async function keyHits({ regions }: SessionView, reference: string): Promise<Hit[]> {
  const found = (await keyInRegions(regions, reference)).filter(isFound)
  const name = reference.startsWith('alias/') ? reference : undefined
  return Promise.all(found.map((answer) => keyHit(answer, name)))
}

async function eventHits(account: string, id: string): Promise<Hit[]> {
  const { output } = await tryAsk('GetEvent', { EventId: id })
  const event = output?.Event
  return event
    ? [{ label: event.eventName, detail: 'Event of the audit log', href: paths.event(account, id) }]
    : []
}

/** What the log tells under a filter, when it tells anything. */
async function logHits(account: string, label: string, filter: string): Promise<Hit[]> {
  const { output } = await tryAsk('SearchEvents', { Filter: filter, Limit: 1 })
  if (!output || output.Count === 0) return []
  const detail = `${count(output.Count, 'event')} of the audit log`
  return [{ label, detail, href: paths.audit(account, { q: filter }) }]
}

async function arnHits({ arn, text }: Extract<Pasted, { kind: 'arn' }>): Promise<Hit[]> {
  const { account, region, service, resource } = arn
  if (service !== 'kms' || !/^(key|alias)\//.test(resource)) return []
  const { output, refusal } = await tryAsk('DescribeKey', { KeyId: text }, { region })
  if (output)
    return [await keyHit({ region, key: output.KeyMetadata }, resource.replace(/^key\/.*/, '') || undefined)]
  const reason = isDenied(refusal) ? notAllowed(account) : refusal.message
  return [{ label: resource, detail: `In account ${account}, ${region}`, reason }]
}

/** What an exact thing leads to: at most one kind of thing has a given shape, except for ids. */
async function exact(session: SessionView, pasted: Pasted): Promise<Hit[]> {
  const { account } = session.principal
  if (pasted.kind === 'arn') return arnHits(pasted)
  if (pasted.kind === 'alias') return keyHits(session, pasted.name)
  if (pasted.kind === 'access-key') return logHits(account, 'Access key', `access-key:${pasted.id}`)
  if (pasted.kind !== 'id') return []
  const { id } = pasted
  if (id.startsWith('mrk-')) return keyHits(session, id)
  const [keys, events, requests] = await Promise.all([
    keyHits(session, id),
    eventHits(account, id),
    logHits(account, 'Request', `request:${id}`),
  ])
  return [...keys, ...events, ...requests]
}

const MOST_KEYS = 8

/** Keys of the Region whose alias, id or description has all the words. */
async function keysWith(session: SessionView, region: string, words: readonly string[]): Promise<Hit[]> {
  const { account } = session.principal
  const terms = words.map((text) => ({
    kind: 'text' as const,
    negated: false,
    value: { text, glob: false },
    start: 0,
    end: 0,
  }))
  const { output } = await tryAsk('SearchKeys', { Filter: printFilter(terms), Limit: MOST_KEYS }, { region })
  return (output?.Keys ?? []).map(({ id, aliases, state }) => ({
    label: aliases[0] ?? `Key ${shortId(id)}`,
    detail: `${aliases.length > 1 ? `+${count(aliases.length - 1, 'alias', 'aliases')}, ` : ''}${state}`,
    keyId: id,
    href: paths.key({ account, region }, id),
  }))
}

/** Everything that was found for what was pasted. Whoever may not list keys finds none, and is not told why here. */
export async function find(session: SessionView, region: string, pasted: Pasted): Promise<Found> {
  const words = pasted.kind === 'words' ? pasted.words : pasted.kind === 'alias' ? [pasted.name] : []
  const [hits, keys] = await Promise.all([
    exact(session, pasted),
    words.length > 0 ? keysWith(session, region, words) : [],
  ])
  const known = new Set(hits.map(({ href }) => href))
  return { hits, keys: keys.filter(({ href }) => !known.has(href)) }
}

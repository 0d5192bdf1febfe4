/** What needs a person today, ranked: each line an object, a fact, an age and one thing to do. Pure. */
import { count, formatDate, principalLabel, shortId, toDate } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'

type AccessItem = OutputOf<'AccessAttention'>['Items'][number]
type Key = OutputOf<'SearchKeys'>['Keys'][number]
type Event = OutputOf<'SearchEvents'>['Events'][number]

export type Item = {
  readonly id: string
  /** The key, where it is about one. */
  readonly keyId: string | null
  readonly name: string
  readonly fact: string
  /** Epoch seconds; null where an age says nothing. */
  readonly at: number | null
  readonly action: { readonly label: string; readonly href: string }
}

export type Sources = {
  readonly access: readonly AccessItem[]
  /** Keys that wait for their deletion, and calls that failed for it. */
  readonly doomed: readonly Key[]
  readonly refused: readonly Event[]
  readonly expiring: readonly Key[]
  readonly overdue: readonly Key[]
}

/** More is a list to work through elsewhere. */
export const MOST_ITEMS = 8
const SOON_SECONDS = 14 * 86_400

const nameOf = (id: string, alias: string | null | undefined) => alias ?? `key ${shortId(id)}`

const who = (arns: readonly string[]) => {
  const names = arns.map((arn) => principalLabel(arn).replace(/^(user|role)\//, ''))
  return names.length < 3 ? names.join(' and ') : `${names[0]} and ${names.length - 1} others`
}

const sure = (arns: readonly string[]) => (arns.length === 1 ? 's' : '')

function accessItem(scope: Scope, item: AccessItem): Item {
  const { Kind, KeyId, Alias, Principals, At, EventId } = item
  const common = { id: `${Kind} ${KeyId ?? ''}`, keyId: KeyId, name: nameOf(KeyId ?? '', Alias), at: At }
  const key = KeyId ?? ''
  switch (Kind) {
    case 'root-used':
      return {
        ...{ ...common, name: 'account root', fact: 'was used' },
        action: {
          label: 'View event',
          href: EventId === null ? paths.audit(scope.account) : paths.event(scope.account, EventId),
        },
      }
    case 'overlap':
      return {
        ...{ ...common, fact: `${who(Principals)} manage${sure(Principals)} and use${sure(Principals)} it` },
        action: { label: 'Review access', href: paths.key(scope, key, 'access') },
      }
    case 'other-account':
      return {
        ...{ ...common, fact: `can be used by account ${Principals.join(', ')} since this change` },
        action: { label: 'Review access', href: paths.key(scope, key, 'access') },
      }
    case 'deleted-principal':
      return {
        ...{ ...common, fact: `its policy names ${count(Principals.length, 'deleted principal')}` },
        action: { label: 'Edit policy', href: paths.editPolicy(scope, key) },
      }
  }
}

function doomedItems(scope: Scope, { doomed, refused }: Sources): Item[] {
  return doomed.flatMap((key) => {
    const tries = refused.filter(({ keyId }) => keyId === key.id)
    const [last] = tries
    if (!last) return []
    const name = nameOf(key.id, key.aliases[0])
    const when = key.deletionDate
      ? `will be deleted on ${formatDate(toDate(key.deletionDate))}`
      : 'will be deleted'
    return [
      {
        ...{ id: `doomed ${key.id}`, keyId: key.id, name, at: last.ts },
        fact: `${when}, and ${count(tries.length, 'call')} of the last week failed for it`,
        action: { label: 'Open key', href: paths.keyRoot(scope, key.id) },
      },
    ]
  })
}

function expiringItems(scope: Scope, { expiring }: Sources, now: number): Item[] {
  return expiring.flatMap((key) => {
    const expires = key.imported?.expires
    if (!expires || expires - now > SOON_SECONDS) return []
    const past = expires <= now
    return [
      {
        ...{ id: `expiring ${key.id}`, keyId: key.id, name: nameOf(key.id, key.aliases[0]), at: null },
        fact: `its imported material ${past ? 'expired' : 'expires'} on ${formatDate(toDate(expires))}`,
        action: { label: 'Import again', href: paths.importMaterial(scope, key.id) },
      },
    ]
  })
}

const overdueItems = (scope: Scope, { overdue }: Sources): Item[] =>
  overdue.map((key) => ({
    ...{ id: `overdue ${key.id}`, keyId: key.id, name: nameOf(key.id, key.aliases[0]) },
    ...{ fact: 'its rotation is overdue since', at: key.nextRotation },
    action: { label: 'Open rotation', href: paths.key(scope, key.id, 'material') },
  }))

/** What is lost for good comes first, then who can do what, then what is late. `now` in epoch seconds. */
export function attentionItems(scope: Scope, sources: Sources, now: number): readonly Item[] {
  return [
    ...doomedItems(scope, sources),
    ...expiringItems(scope, sources, now),
    ...sources.access.map((item) => accessItem(scope, item)),
    ...overdueItems(scope, sources),
  ].slice(0, MOST_ITEMS)
}

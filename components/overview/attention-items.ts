/** What needs a person today, as lines: each an object, a fact, an age and one thing to do. The engine ranks. Pure. */
import { shortId } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'

export type AttentionView = OutputOf<'Attention'>['Items'][number]

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

type Action = Item['action']

/** Who is not a key. */
const NAMES: Partial<Record<AttentionView['Kind'], string>> = {
  log: 'Audit log',
  'clock-jump': 'Clock',
  'root-used': 'Account root',
}

const nameOf = ({ Kind, KeyId, Alias }: AttentionView) =>
  NAMES[Kind] ?? Alias ?? (KeyId === null ? 'This account' : `Key ${shortId(KeyId)}`)

/** The event that shows it, or the log. */
const evidence = ({ account }: Scope, { EventId }: AttentionView): Action => ({
  label: EventId === null ? 'View log' : 'View event',
  href: EventId === null ? paths.audit(account) : paths.event(account, EventId),
})

const ACTIONS: Record<AttentionView['Kind'], (scope: Scope, keyId: string, item: AttentionView) => Action> = {
  log: ({ account }) => ({ label: 'Open log integrity', href: paths.integrity(account) }),
  // It is acknowledged by ./keyhouse clock acknowledge, on the machine whose clock it is.
  'clock-jump': ({ account }) => ({
    label: 'View events',
    href: paths.audit(account, { q: 'event:ClockJump', last: '30d' }),
  }),
  'pending-deletion': (scope, key) => ({ label: 'Open key', href: paths.keyRoot(scope, key) }),
  watch: (scope, key) => ({ label: 'Open key', href: paths.keyRoot(scope, key) }),
  'material-expires': (scope, key) => ({ label: 'Import again', href: paths.importMaterial(scope, key) }),
  'root-used': (scope, _, item) => evidence(scope, item),
  overlap: (scope, key) => ({ label: 'Review access', href: paths.key(scope, key, 'access') }),
  'other-account': (scope, key) => ({ label: 'Review access', href: paths.key(scope, key, 'access') }),
  'deleted-principal': (scope, key) => ({ label: 'Edit policy', href: paths.editPolicy(scope, key) }),
  budget: (scope, key) => ({ label: 'See who uses it', href: paths.key(scope, key, 'activity') }),
  'rotation-overdue': (scope, key) => ({ label: 'Open rotation', href: paths.key(scope, key, 'material') }),
}

/** In the order in which they were given: the most urgent first. */
export const attentionItems = (scope: Scope, items: readonly AttentionView[]): readonly Item[] =>
  items.map((item) => {
    const { Kind, KeyId, Region, Sentence, At } = item
    const there = { ...scope, region: Region ?? scope.region }
    return {
      ...{
        id: `${Kind} ${KeyId ?? ''} ${Sentence}`,
        keyId: KeyId,
        name: nameOf(item),
        fact: Sentence,
        at: At,
      },
      action: ACTIONS[Kind](there, KeyId ?? '', item),
    }
  })

/**
 * Every address of the console, as a function: no other file spells one out (paths.test.ts looks).
 * Tabs are paths; filters, ranges and open drawers are queries; defaults are left out, so that the shortest address is
 * the default view. Nothing secret, no cursor and no plaintext ever stands in an address.
 */
import type { Scope } from './scope.ts'

export type { Scope } from './scope.ts'

export const WIZARD_STEPS = ['configure', 'labels', 'administrators', 'users', 'policy', 'review'] as const
export type WizardStep = (typeof WIZARD_STEPS)[number]

export const KEY_TABS = ['policy', 'material', 'aliases', 'tags', 'config', 'activity'] as const
export type KeyTab = (typeof KEY_TABS)[number]

export const PLAYGROUND_OPERATIONS = ['encrypt', 'decrypt'] as const
export type PlaygroundOperation = (typeof PLAYGROUND_OPERATIONS)[number]

type Query = Readonly<Record<string, string | undefined>>

function withQuery(path: string, query: Query): string {
  const kept = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') kept.set(name, value)
  const text = kept.toString()
  return text === '' ? path : `${path}?${text}`
}

const regional = ({ account, region }: Scope) => `/${account}/${region}`
const keyed = (scope: Scope, keyId: string) => `${regional(scope)}/keys/${encodeURIComponent(keyId)}`

/** A path of this console that may be returned to after signing in: never another site, never sign-in itself. */
export function safeNext(next: string | undefined): string | undefined {
  if (!next || !/^\/(?![/\\])/.test(next) || next.includes('\\') || next.startsWith('/sign-in'))
    return undefined
  return next
}

export const paths = {
  home: () => '/',
  signIn: (next?: string) => withQuery('/sign-in', { next: safeNext(next === '/' ? undefined : next) }),
  firstRun: () => '/first-run',
  connect: () => '/connect',

  keys: (scope: Scope, query: { q?: string; sort?: string } = {}) =>
    withQuery(`${regional(scope)}/keys`, query),
  newKey: (scope: Scope, step: WizardStep = 'configure') => `${regional(scope)}/keys/new/${step}`,
  key: (scope: Scope, keyId: string, tab: KeyTab = 'policy') => `${keyed(scope, keyId)}/${tab}`,
  keyRoot: (scope: Scope, keyId: string) => keyed(scope, keyId),
  editPolicy: (scope: Scope, keyId: string) => `${keyed(scope, keyId)}/policy/edit`,
  deleteKey: (scope: Scope, keyId: string) => `${keyed(scope, keyId)}/delete`,

  audit: (
    account: string,
    query: { q?: string; last?: string; from?: string; to?: string; event?: string } = {},
  ) => withQuery(`/${account}/audit`, query),
  event: (account: string, eventId: string) => withQuery(`/${account}/audit`, { event: eventId }),

  playground: (scope: Scope, operation: PlaygroundOperation = 'encrypt', query: { key?: string } = {}) =>
    withQuery(`${regional(scope)}/playground/${operation}`, query),

  /** What a GET of a read operation is asked at. The input stands in the query: reads have nothing secret. */
  engine: (operation: string, region: string | undefined, input: object) =>
    withQuery(`/api/engine/${operation}`, { region, input: JSON.stringify(input) }),
  setUp: () => '/api/first-run',
  confirm: () => '/api/confirm',
  newAccessKey: () => '/api/access-key',
  principals: () => '/api/principals',
  live: () => '/api/live',
} as const

/**
 * The same page in another Region where one exists, else the nearest list above it: an object's page belongs to its
 * own Region.
 */
export function inRegion(pathname: string, scope: Scope): string {
  const rest = pathname.split('/').slice(3)
  const [section, ...below] = rest
  if (section === 'playground') return paths.playground(scope, below[0] === 'decrypt' ? 'decrypt' : 'encrypt')
  if (section === 'keys' && below[0] === 'new') return paths.newKey(scope)
  return paths.keys(scope)
}

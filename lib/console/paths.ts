/**
 * Every address of the console, as a function: no other file spells one out (paths.test.ts looks).
 * Tabs are paths; filters, ranges and open drawers are queries; defaults are left out, so that the shortest address is
 * the default view. Nothing secret, no cursor and no plaintext ever stands in an address.
 */
import type { Scope } from './scope.ts'

export type { Scope } from './scope.ts'

/** Which events a file is made of. Moments in epoch milliseconds; `ids` are parted by commas. */
export type EventsExport = {
  readonly format: 'csv' | 'json' | 'ndjson'
  readonly q?: string
  readonly from?: string
  readonly to?: string
  readonly ids?: string
  /** Leaves of the log below which the events must be. */
  readonly size?: string
  readonly part?: 'check' | 'manifest'
}

export const WIZARD_STEPS = ['configure', 'labels', 'administrators', 'users', 'policy', 'review'] as const
export type WizardStep = (typeof WIZARD_STEPS)[number]

/** Kinds of key that the wizard can begin with. */
export const KEY_PRESETS = ['external', 'multi-region'] as const
export type KeyPreset = (typeof KEY_PRESETS)[number]

export const KEY_TABS = [
  'access',
  'policy',
  'material',
  'public-key',
  'aliases',
  'grants',
  'tags',
  'regions',
  'config',
  'activity',
] as const
export type KeyTab = (typeof KEY_TABS)[number]

export const PLAYGROUND_OPERATIONS = [
  'encrypt',
  'decrypt',
  're-encrypt',
  'data-key',
  'data-key-pair',
  'sign',
  'verify',
  'mac',
  'verify-mac',
  'shared-secret',
  'encapsulate',
  'decapsulate',
  'random',
] as const
/** The steps of bringing key material. */
export const IMPORT_STEPS = ['wrap', 'download', 'upload', 'done'] as const
export type ImportStep = (typeof IMPORT_STEPS)[number]

export type PlaygroundOperation = (typeof PLAYGROUND_OPERATIONS)[number]

export const HELP_TOPICS = ['glossary', 'then-and-now', 'aws-owned-keys'] as const
/** Lists that can be had as files. */
export type ExportedList = 'keys' | 'aliases' | 'grants'

export type HelpTopic = (typeof HELP_TOPICS)[number]

/** Lists of the identities of an account. */
export const IDENTITY_LISTS = ['users', 'groups', 'roles', 'policies', 'access-keys', 'accounts'] as const
export type IdentityList = (typeof IDENTITY_LISTS)[number]

/** Pages below one identity. */
export type IdentityPart = 'policy' | 'trust' | 'version' | 'delete' | 'guardrail' | 'delete-guardrail'

export const LABS = ['separation'] as const
export type Lab = (typeof LABS)[number]

/** What the access explorer is asked; values of an encryption context are never part of an address. */
export type AccessQuery = {
  key?: string
  principal?: string
  action?: string
  region?: string
  /** Names of an encryption context, as JSON. */
  ctx?: string
}

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
  /** What must be done before anything else, after signing in. */
  finishSignIn: (next?: string) =>
    withQuery('/sign-in/finish', { next: safeNext(next === '/' ? undefined : next) }),
  firstRun: () => '/first-run',
  connect: () => '/connect',
  /** The glossary or another text of the help, at a term or an entry of it. */
  help: (topic: HelpTopic = 'glossary', anchor?: string) =>
    `/help${topic === 'glossary' ? '' : `/${topic}`}${anchor === undefined ? '' : `#${anchor}`}`,

  overview: (scope: Scope) => regional(scope),
  keys: (scope: Scope, query: { q?: string; sort?: string } = {}) =>
    withQuery(`${regional(scope)}/keys`, query),
  newKey: (scope: Scope, step: WizardStep = 'configure', query: { preset?: KeyPreset } = {}) =>
    withQuery(`${regional(scope)}/keys/new/${step}`, query),
  key: (scope: Scope, keyId: string, tab: KeyTab = 'access') => `${keyed(scope, keyId)}/${tab}`,
  keyRoot: (scope: Scope, keyId: string) => keyed(scope, keyId),
  /** `line` is where the caret begins. */
  editPolicy: (scope: Scope, keyId: string, query: { line?: string } = {}) =>
    withQuery(`${keyed(scope, keyId)}/policy/edit`, query),
  reviewPolicy: (scope: Scope, keyId: string) => `${keyed(scope, keyId)}/policy/review`,
  /** `compare` is two versions: 3..5 */
  policyHistory: (scope: Scope, keyId: string, query: { compare?: string } = {}) =>
    withQuery(`${keyed(scope, keyId)}/policy/history`, query),
  policyVersion: (scope: Scope, keyId: string, version: number) =>
    `${keyed(scope, keyId)}/policy/history/${version}`,
  deleteKey: (scope: Scope, keyId: string) => `${keyed(scope, keyId)}/delete`,
  newGrant: (scope: Scope, keyId: string) => `${keyed(scope, keyId)}/grants/new`,
  /** `material` names the one whose bytes are to come again. */
  importMaterial: (
    scope: Scope,
    keyId: string,
    step: ImportStep = 'wrap',
    query: { material?: string } = {},
  ) => withQuery(`${keyed(scope, keyId)}/import/${step}`, query),
  deleteMaterial: (scope: Scope, keyId: string, query: { material?: string } = {}) =>
    withQuery(`${keyed(scope, keyId)}/delete-material`, query),
  replicateKey: (scope: Scope, keyId: string) => `${keyed(scope, keyId)}/replicate`,

  managedKeys: (scope: Scope) => `${regional(scope)}/keys/managed`,
  aliases: (scope: Scope, query: { q?: string } = {}) => withQuery(`${regional(scope)}/aliases`, query),
  grants: (scope: Scope, query: { q?: string } = {}) => withQuery(`${regional(scope)}/grants`, query),
  rotation: (scope: Scope, query: { q?: string } = {}) => withQuery(`${regional(scope)}/rotation`, query),
  imports: (scope: Scope) => `${regional(scope)}/imports`,
  multiRegion: (scope: Scope) => `${regional(scope)}/multi-region`,
  /** Keys without use, watched keys, and keys with a budget. */
  keyUse: (scope: Scope) => `${regional(scope)}/key-use`,

  /** Resolvers: to the one right page of whatever is named, or what is missing (console.md §2.2). */
  arn: (arn: string) => `/arn/${arn}`,
  anyKey: (keyId: string) => `/k/${encodeURIComponent(keyId)}`,
  anyEvent: (eventId: string) => `/e/${encodeURIComponent(eventId)}`,

  access: (account: string, query: AccessQuery = {}) => withQuery(`/${account}/access`, query),
  identities: (account: string, list: IdentityList = 'users', query: { q?: string } = {}) =>
    withQuery(`/${account}/identities/${list}`, query),
  newIdentity: (account: string, list: IdentityList) => `/${account}/identities/${list}/new`,
  /** A user, group, role or policy by its name; an access key or account by its id. */
  identity: (account: string, list: IdentityList, name: string) =>
    `/${account}/identities/${list}/${encodeURIComponent(name)}`,
  /** A form about it: an inline policy of the name, or a new one; its trust policy; a policy's next version; deleting it;
   * a guardrail of an account, or a new one. */
  identityPart: (
    account: string,
    list: IdentityList,
    name: string,
    part: IdentityPart,
    query: { policy?: string } = {},
  ) => withQuery(`/${account}/identities/${list}/${encodeURIComponent(name)}/${part}`, query),
  labs: () => '/labs',
  lab: (lab: Lab, step?: number) => `/labs/${lab}${step === undefined ? '' : `/${step}`}`,
  security: () => '/settings/security',

  audit: (
    account: string,
    query: { q?: string; last?: string; from?: string; to?: string; event?: string } = {},
  ) => withQuery(`/${account}/audit`, query),
  event: (account: string, eventId: string) => withQuery(`/${account}/audit`, { event: eventId }),
  /** Why the log can be believed. */
  integrity: (account: string) => `/${account}/audit/integrity`,

  playground: (scope: Scope, operation: PlaygroundOperation = 'encrypt', query: { key?: string } = {}) =>
    withQuery(`${regional(scope)}/playground/${operation}`, query),

  /** What a GET of a read operation is asked at. The input stands in the query: reads have nothing secret. */
  engine: (operation: string, region: string | undefined, input: object) =>
    withQuery(`/api/engine/${operation}`, { region, input: JSON.stringify(input) }),
  /** What questions that carry a policy are posted to. */
  policyQuestion: (operation: string) => `/api/policy/${operation}`,
  setUp: () => '/api/first-run',
  confirm: () => '/api/confirm',
  newAccessKey: () => '/api/access-key',
  ownSignIn: () => '/api/own-sign-in',
  newAccount: () => '/api/account',
  /** New credentials of a user, by an administrator. */
  credential: () => '/api/credential',
  principals: () => '/api/principals',
  /** What is typed or pasted into the palette is posted: it never stands in an address. */
  find: () => '/api/find',
  bulk: () => '/api/bulk',
  /** One call of the playground as one of the sessions of this browser. */
  playAs: () => '/api/play-as',
  labIdentity: () => '/api/lab/identity',
  labProgress: (region: string, query: { alias: string; since: string }) =>
    withQuery('/api/lab/progress', { region, ...query }),
  labReset: () => '/api/lab/reset',
  export: (
    list: ExportedList,
    region: string,
    query: { format: 'csv' | 'json'; q?: string; sort?: string | undefined },
  ) => withQuery(`/api/export/${list}`, { region, ...query }),
  /** Events of a filter as they happen: from a place in the log, or from now on. */
  tail: (query: { q: string; after?: string }) => withQuery('/api/tail', query),
  exportEvents: (query: EventsExport) => withQuery('/api/events/export', query),
  live: () => '/api/live',
} as const

const PAGES_OF_A_REGION: Readonly<Record<string, (scope: Scope) => string>> = {
  aliases: paths.aliases,
  grants: paths.grants,
  rotation: paths.rotation,
  imports: paths.imports,
  'multi-region': paths.multiRegion,
  'key-use': paths.keyUse,
}

/**
 * The same page in another Region where one exists, else the nearest list above it: an object's page belongs to its
 * own Region.
 */
export function inRegion(pathname: string, scope: Scope): string {
  const [section = '', below = ''] = pathname.split('/').slice(3)
  const operation = PLAYGROUND_OPERATIONS.find((name) => name === below)
  if (section === 'playground') return paths.playground(scope, operation)
  if (section === 'keys' && below === 'new') return paths.newKey(scope)
  if (section === 'keys' && below === 'managed') return paths.managedKeys(scope)
  return (PAGES_OF_A_REGION[section] ?? paths.keys)(scope)
}

/** The key whose page a path is, by its id; undefined for every other page. */
export function keyOfPage(pathname: string): string | undefined {
  const [section, below] = pathname.split('/').slice(3)
  return section === 'keys' && below && !['new', 'managed'].includes(below)
    ? decodeURIComponent(below)
    : undefined
}

/** The page of the related key in another Region: the same tab, or the first where a flow is left. */
export function relatedKey(pathname: string, scope: Scope, keyId: string): string {
  const rest = pathname.split('/').slice(5)
  const tab = rest.length === 1 ? KEY_TABS.find((name) => name === rest[0]) : undefined
  return paths.key(scope, keyId, tab)
}

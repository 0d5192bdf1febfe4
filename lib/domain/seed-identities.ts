/** Managed policies, groups, roles and guardrails of a seed file, and what must hold between them. */
import { z } from 'zod'
import { list, policyDocument, type SeedFault, shape, text, twice } from './seed-members.ts'

const NAME = 'letters, digits and _+=,.@-'
const named = (most: number) =>
  text().regex(new RegExp(`^[A-Za-z0-9_+=,.@-]{1,${most}}$`), `must have 1 to ${most} ${NAME}`)
const roleName = () => named(64)
const policyName = () => named(128)
const description = () => text().max(1000, 'must have at most 1000 characters').optional()

export const seedTags = () =>
  z
    .record(
      text().min(1, 'must not be empty').max(128, 'must have at most 128 characters'),
      text().max(256, 'must have at most 256 characters'),
      { error: 'must be a mapping of names to texts' },
    )
    .default({})

/** Inline policies, names of managed policies of the account, and the one that bounds. */
export const held = () => ({
  policies: list(policyDocument()).max(20, 'has more than 20 policies').default([]),
  attached: list(policyName()).max(10, 'has more than 10 attached policies').default([]),
})
export const bounded = () => ({ boundary: policyName().optional(), tags: seedTags() })

export const seedPolicy = () =>
  shape({ name: policyName(), description: description(), document: policyDocument(), tags: seedTags() })

export const seedGroup = () => shape({ name: named(128), members: list(roleName()).default([]), ...held() })

export const seedRole = () =>
  shape({
    name: roleName(),
    description: description(),
    trust: policyDocument(),
    maxSessionSeconds: z
      .int()
      .min(3600, 'must be at least 3600')
      .max(43_200, 'must be at most 43200')
      .default(3600),
    ...held(),
    ...bounded(),
  })

export const seedGuardrail = () => shape({ name: policyName(), policy: policyDocument() })

export type SeedPolicy = z.infer<ReturnType<typeof seedPolicy>>
export type SeedGroup = z.infer<ReturnType<typeof seedGroup>>
export type SeedRole = z.infer<ReturnType<typeof seedRole>>
export type SeedGuardrail = z.infer<ReturnType<typeof seedGuardrail>>

type Holder = { readonly attached: readonly string[]; readonly boundary?: string | undefined }

export type SeedIdentities = {
  readonly users: readonly (Holder & { readonly name: string })[]
  readonly policies: readonly SeedPolicy[]
  readonly groups: readonly SeedGroup[]
  readonly roles: readonly SeedRole[]
  readonly guardrails: readonly SeedGuardrail[]
}

/** Names that are used and that nobody has, at the path of each. */
function absent(names: ReadonlySet<string>, path: readonly PropertyKey[], { attached, boundary }: Holder) {
  const message = 'is no policy of this account in the file'
  return [
    ...attached.flatMap((name, n) => (names.has(name) ? [] : [{ path: [...path, 'attached', n], message }])),
    ...(boundary === undefined || names.has(boundary) ? [] : [{ path: [...path, 'boundary'], message }]),
  ]
}

const LISTS = ['policies', 'groups', 'roles', 'guardrails'] as const
const ONE = { policies: 'policy', groups: 'group', roles: 'role', guardrails: 'guardrail' } as const

/** What is wrong between the identities of one account; `first` is the one that no guardrail binds. */
export function identityFaults(of: SeedIdentities, at: readonly PropertyKey[], first: boolean): SeedFault[] {
  const policies = new Set(of.policies.map(({ name }) => name))
  const users = new Set(of.users.map(({ name }) => name))
  const holders = (['users', 'groups', 'roles'] as const).flatMap((kind) =>
    of[kind].flatMap((holder, n) => absent(policies, [...at, kind, n], holder)),
  )
  const members = of.groups.flatMap((group, g) =>
    group.members.flatMap((name, m) =>
      users.has(name)
        ? []
        : [{ path: [...at, 'groups', g, 'members', m], message: 'is no user of this account in the file' }],
    ),
  )
  const twins = LISTS.flatMap((kind) =>
    twice(
      of[kind].map(({ name }, n) => ({ path: [...at, kind, n, 'name'], name: name.toLowerCase() })),
      `is the name of a ${ONE[kind]} above, whatever the case of its letters`,
    ),
  )
  const unbound =
    first && of.guardrails.length > 0
      ? [{ path: [...at, 'guardrails'], message: 'do not bind the first account; name them in another one' }]
      : []
  return [...holders, ...members, ...twins, ...unbound]
}

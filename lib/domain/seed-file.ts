/**
 * The seed file: accounts, people and keys for an unattended first run (docs/seed-file.md).
 * Takes the parsed YAML or JSON and gives a seed or every fault in it; applying it is lib/server/seed.ts.
 */
import { z } from 'zod'
import { ACCESS_KEY_ID, accountAlias, accountId, regionNames, userName } from './account.ts'
import { passwordFault } from './password-rules.ts'
import {
  bounded,
  held,
  identityFaults,
  seedGroup,
  seedGuardrail,
  seedPolicy,
  seedRole,
} from './seed-identities.ts'
import { keyFaults, seedKey } from './seed-key.ts'
import { list, type SeedFault, shape, text, twice } from './seed-members.ts'

export type { SeedKey } from './seed-key.ts'
export type { SeedFault } from './seed-members.ts'

const accessKey = () =>
  shape({
    id: text().regex(ACCESS_KEY_ID, 'must have 16 to 128 capital letters and digits'),
    secret: text().min(16, 'must have at least 16 characters').max(128, 'must have at most 128 characters'),
  })

const accessKeys = () => list(accessKey()).max(2, 'has more than two access keys').default([])

const password = () =>
  text().superRefine((given, context) => {
    const fault = passwordFault(given)
    if (fault) context.addIssue({ code: 'custom', message: `is refused: ${fault}` })
  })

const user = () =>
  shape({
    name: userName(),
    password: password().optional(),
    accessKeys: accessKeys(),
    ...held(),
    ...bounded(),
  })

const account = () =>
  shape({
    id: accountId(),
    alias: accountAlias().optional(),
    regions: regionNames(),
    root: shape({ accessKeys: accessKeys() }).optional(),
    users: list(user()).default([]),
    policies: list(seedPolicy()).default([]),
    groups: list(seedGroup()).default([]),
    roles: list(seedRole()).default([]),
    guardrails: list(seedGuardrail()).max(9, 'has more than 9 guardrails').default([]),
  })

const seed = shape({
  accounts: list(account()).min(1, 'must hold at least one account'),
  keys: list(seedKey()).default([]),
  /** 'manual': time stands where a test puts it. */
  clock: z.enum(['real', 'manual'], { error: 'must be real or manual' }).default('real'),
})

export type Seed = z.infer<typeof seed>
export type SeedAccount = Seed['accounts'][number]

function accountFaults(accounts: readonly SeedAccount[]): SeedFault[] {
  const accessKeyIds = accounts.flatMap((entry, a) => [
    ...(entry.root?.accessKeys ?? []).map(({ id }, k) => ({
      path: ['accounts', a, 'root', 'accessKeys', k, 'id'],
      name: id,
    })),
    ...entry.users.flatMap(({ accessKeys }, u) =>
      accessKeys.map(({ id }, k) => ({ path: ['accounts', a, 'users', u, 'accessKeys', k, 'id'], name: id })),
    ),
  ])
  const aliases = accounts.flatMap(({ alias }, a) =>
    alias ? [{ path: ['accounts', a, 'alias'], name: alias }] : [],
  )
  return [
    ...twice(
      accounts.map(({ id }, a) => ({ path: ['accounts', a, 'id'], name: id })),
      'is the id of an account above',
    ),
    ...twice(aliases, 'is the alias of an account above'),
    ...twice(accessKeyIds, 'is the id of an access key above'),
    ...accounts.flatMap((account, a) => identityFaults(account, ['accounts', a], a === 0)),
    ...accounts.flatMap(({ users }, a) =>
      twice(
        users.map(({ name }, u) => ({ path: ['accounts', a, 'users', u, 'name'], name: name.toLowerCase() })),
        'is the name of a user above, whatever the case of its letters',
      ),
    ),
  ]
}

/** zod's issue in the words of the file: a missing member, each unknown one, or what the schema says. */
function worded(issue: z.core.$ZodIssue): SeedFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({ path: [...issue.path, name], message: 'is not known here' }))
  }
  const missing = issue.input === undefined && issue.code === 'invalid_type'
  return [{ path: issue.path, message: missing ? 'is missing' : issue.message }]
}

/** The seed in a parsed file, or everything that is wrong with it. Policies are only read as text here. */
export function readSeed(
  parsed: unknown,
): { readonly seed: Seed } | { readonly faults: readonly SeedFault[] } {
  const result = seed.safeParse(parsed, { reportInput: true })
  if (!result.success) return { faults: result.error.issues.flatMap(worded) }
  const faults = [
    ...accountFaults(result.data.accounts),
    ...keyFaults(result.data.accounts, result.data.keys),
  ]
  return faults.length > 0 ? { faults } : { seed: result.data }
}

/**
 * The seed file: accounts, people and keys for an unattended first run (docs/seed-file.md).
 * Takes the parsed YAML or JSON and gives a seed or every fault in it; applying it is lib/server/seed.ts.
 */
import { z } from 'zod'
import { ACCESS_KEY_ID, accountAlias, accountId, regionName, regionNames, userName } from './account.ts'
import { KEY_ID } from './arn.ts'
import { fromBase64 } from './constraints.ts'
import { passwordFault } from './password-rules.ts'

export type SeedFault = { readonly path: readonly PropertyKey[]; readonly message: string }

const text = () => z.string({ error: 'must be text' })
const list = <T extends z.ZodType>(element: T) => z.array(element, { error: 'must be a list' })
const shape = <T extends z.ZodRawShape>(members: T) => z.strictObject(members, { error: 'must be a mapping' })

const accessKey = () =>
  shape({
    id: text().regex(ACCESS_KEY_ID, 'must have 16 to 128 capital letters and digits'),
    secret: text().min(16, 'must have at least 16 characters').max(128, 'must have at most 128 characters'),
  })

const accessKeys = () => list(accessKey()).max(2, 'has more than two access keys').default([])

/** A policy as YAML writes it, or as text. Inside it is text: lib/policy judges it. */
const policyDocument = () =>
  z
    .union([text().min(2), z.record(z.string(), z.unknown())], { error: 'must be a policy document' })
    .transform((given) => (typeof given === 'string' ? given : JSON.stringify(given, null, 2)))

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
    policies: list(policyDocument()).max(20, 'has more than 20 policies').default([]),
  })

const account = () =>
  shape({
    id: accountId(),
    alias: accountAlias().optional(),
    regions: regionNames(),
    root: shape({ accessKeys: accessKeys() }).optional(),
    users: list(user()).default([]),
  })

const material = () =>
  text().transform((encoded, context) => {
    const bytes = fromBase64(encoded)
    if (bytes?.length !== 32) context.addIssue({ code: 'custom', message: 'must be 32 bytes in base64' })
    return bytes ?? new Uint8Array()
  })

const key = () =>
  shape({
    account: accountId(),
    region: regionName(),
    id: text().regex(KEY_ID, 'must be a lower-case UUID, or mrk- and 32 hex digits'),
    description: text().max(8192, 'must have at most 8192 characters').default(''),
    policy: policyDocument().optional(),
    aliases: list(
      text()
        .max(256, 'must have at most 256 characters')
        .regex(/^alias\/[a-zA-Z0-9/_-]+$/, 'must be alias/ and letters, digits, /, _ and -')
        .refine(
          (name) => !name.startsWith('alias/aws/'),
          'begins with alias/aws/, which is kept for AWS managed keys',
        ),
    ).default([]),
    tags: z
      .record(text().min(1).max(128), text().max(256, 'must have at most 256 characters'), {
        error: 'must be a mapping of names to texts',
      })
      .default({}),
    material: material().optional(),
  })

const seed = shape({
  accounts: list(account()).min(1, 'must hold at least one account'),
  keys: list(key()).default([]),
})

export type Seed = z.infer<typeof seed>
export type SeedAccount = Seed['accounts'][number]
export type SeedKey = Seed['keys'][number]

type Named = { readonly path: readonly PropertyKey[]; readonly name: string }

/** A fault for every name that was there before. */
function twice(names: readonly Named[], message: string): SeedFault[] {
  const seen = new Set<string>()
  return names.flatMap(({ path, name }) => {
    if (seen.has(name)) return [{ path, message }]
    seen.add(name)
    return []
  })
}

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
    ...accounts.flatMap(({ users }, a) =>
      twice(
        users.map(({ name }, u) => ({ path: ['accounts', a, 'users', u, 'name'], name: name.toLowerCase() })),
        'is the name of a user above, whatever the case of its letters',
      ),
    ),
  ]
}

function keyFaults({ accounts, keys }: Seed): SeedFault[] {
  const regionsOf = new Map(accounts.map(({ id, regions }) => [id, regions]))
  const homeless = keys.flatMap((entry, k): SeedFault[] => {
    const regions = regionsOf.get(entry.account)
    if (!regions) return [{ path: ['keys', k, 'account'], message: 'is not an account of this file' }]
    if (regions.includes(entry.region)) return []
    return [{ path: ['keys', k, 'region'], message: `is not a Region of account ${entry.account}` }]
  })
  const place = (entry: SeedKey, name: string) => `${entry.account}/${entry.region}/${name}`
  const aliases = keys.flatMap((entry, k) =>
    entry.aliases.map((name, i) => ({ path: ['keys', k, 'aliases', i], name: place(entry, name) })),
  )
  return [
    ...homeless,
    ...twice(
      keys.map((entry, k) => ({ path: ['keys', k, 'id'], name: place(entry, entry.id) })),
      'is the id of a key above',
    ),
    ...twice(aliases, 'is an alias of a key above'),
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
  const faults = [...accountFaults(result.data.accounts), ...keyFaults(result.data)]
  return faults.length > 0 ? { faults } : { seed: result.data }
}

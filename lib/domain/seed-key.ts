/** A key of a seed file: its members, and what must hold between them. */
import { z } from 'zod'
import { accountId, regionName } from './account.ts'
import { KEY_ID, partitionOf } from './arn.ts'
import { fromBase64 } from './constraints.ts'
import { GRANT_LIMITS, GRANT_OPERATIONS, grantOperationsOf } from './grant.ts'
import { existsIn, isAsymmetric, KEY_SPEC_NAMES, KEY_SPECS, KEY_USAGES } from './key-spec.ts'
import { list, moment, policyDocument, type SeedFault, shape, text, twice } from './seed-members.ts'

const material = () =>
  text().transform((encoded, context) => {
    const bytes = fromBase64(encoded)
    if (!bytes) context.addIssue({ code: 'custom', message: 'must be base64' })
    return bytes ?? new Uint8Array()
  })

const aliasNames = () =>
  list(
    text()
      .max(256, 'must have at most 256 characters')
      .regex(/^alias\/[a-zA-Z0-9/_-]+$/, 'must be alias/ and letters, digits, /, _ and -')
      .refine(
        (name) => !name.startsWith('alias/aws/'),
        'begins with alias/aws/, which is kept for AWS managed keys',
      ),
  ).default([])

const rotation = () =>
  shape({
    enabled: z.boolean({ error: 'must be true or false' }).default(true),
    periodDays: z.int().min(90, 'must be at least 90').max(2560, 'must be at most 2560').default(365),
    /** A period after the last rotation, or after the key was made, unless given. */
    next: moment().optional(),
    /** Automatic rotations that have happened, oldest first. */
    past: list(moment()).max(100, 'has more than 100 dates').default([]),
  })

const grant = () =>
  shape({
    name: text().max(256, 'must have at most 256 characters').optional(),
    grantee: text().min(1, 'must not be empty'),
    retiring: text().min(1, 'must not be empty').optional(),
    operations: list(z.enum(GRANT_OPERATIONS, { error: 'is no grant operation' })).min(
      1,
      'must hold at least one operation',
    ),
    constraints: shape({
      encryptionContextSubset: z.record(z.string(), z.string()).optional(),
      encryptionContextEquals: z.record(z.string(), z.string()).optional(),
    }).optional(),
  })

export const seedKey = () =>
  shape({
    account: accountId(),
    region: regionName(),
    id: text().regex(KEY_ID, 'must be a lower-case UUID, or mrk- and 32 hex digits'),
    spec: z.enum(KEY_SPEC_NAMES, { error: 'is no key spec' }).default('SYMMETRIC_DEFAULT'),
    usage: z.enum(KEY_USAGES, { error: 'is no key usage' }).optional(),
    origin: z.enum(['AWS_KMS', 'EXTERNAL'], { error: 'must be AWS_KMS or EXTERNAL' }).default('AWS_KMS'),
    /** Further Regions of a multi-Region key. */
    replicas: list(regionName()).default([]),
    state: z.enum(['Enabled', 'Disabled'], { error: 'must be Enabled or Disabled' }).default('Enabled'),
    created: moment().optional(),
    description: text().max(8192, 'must have at most 8192 characters').default(''),
    policy: policyDocument().optional(),
    aliases: aliasNames(),
    tags: z
      .record(text().min(1).max(128), text().max(256, 'must have at most 256 characters'), {
        error: 'must be a mapping of names to texts',
      })
      .default({}),
    material: material().optional(),
    /** When imported material expires. */
    validTo: moment().optional(),
    rotation: rotation().optional(),
    grants: list(grant()).default([]),
  })

export type SeedKey = z.infer<ReturnType<typeof seedKey>>
export type SeedGrant = SeedKey['grants'][number]

type Fault = readonly [member: string, message: string] | false | undefined

/** The lengths that material of a symmetric or HMAC key may have; PKCS#8 is judged where it can be read. */
function lengthFault({ spec, material: bytes, origin }: SeedKey): Fault {
  const { material: kind } = KEY_SPECS[spec]
  if (!bytes || isAsymmetric(spec) || !('bytes' in kind)) return undefined
  if (kind.kind === 'hmac' && origin === 'EXTERNAL')
    return (
      (bytes.length < kind.least || bytes.length > 128) && [
        'material',
        `must be ${kind.least} to 128 bytes in base64`,
      ]
    )
  return bytes.length !== kind.bytes && ['material', `must be ${kind.bytes} bytes in base64`]
}

function rotationFaults(key: SeedKey): Fault[] {
  const { spec, origin, rotation: given, material: bytes, created } = key
  if (!given) return []
  const dates = created ? [created, ...given.past] : given.past
  const disorder = dates.some((date, index) => index > 0 && date <= (dates[index - 1] ?? date))
  return [
    (spec !== 'SYMMETRIC_DEFAULT' || origin !== 'AWS_KMS') && [
      'rotation',
      'is only for symmetric encryption keys of origin AWS_KMS',
    ],
    given.past.length > 0 && !created && ['rotation', 'has past dates, so the key needs a date in created'],
    given.past.length > 0 &&
      bytes && ['rotation', 'has past dates, and each makes material: fixed material has none'],
    disorder && ['rotation', 'has past dates that are not in order, after created'],
  ]
}

function grantFaults({ spec, usage, grants }: SeedKey): Fault[] {
  const itsUsage = usage ?? KEY_SPECS[spec].usages[0]
  const possible = itsUsage ? grantOperationsOf(spec, itsUsage) : []
  return grants.flatMap(({ operations, constraints }): Fault[] => {
    const { encryptionContextEquals: equals, encryptionContextSubset: subset } = constraints ?? {}
    const unfit = operations.filter((name) => !possible.includes(name))
    const pairs = Object.keys(equals ?? subset ?? {}).length
    return [
      unfit.length > 0 && ['grants', `hold operations that ${spec} keys cannot have: ${unfit.join(', ')}`],
      equals && subset && ['grants', 'hold both encryptionContextEquals and encryptionContextSubset'],
      constraints &&
        spec !== 'SYMMETRIC_DEFAULT' && ['grants', 'hold constraints, which only symmetric keys have'],
      pairs > GRANT_LIMITS.contextPairs && ['grants', 'hold a constraint of more than eight pairs'],
    ]
  })
}

function kindFaults(key: SeedKey, regions: readonly string[]): Fault[] {
  const { spec, usage, origin, id, region, replicas } = key
  const { usages, imports } = KEY_SPECS[spec]
  const multiRegion = id.startsWith('mrk-')
  return [
    !existsIn(spec, partitionOf(region)) && ['spec', 'does not exist in this Region'],
    usage && !usages.includes(usage) && ['usage', `is not one of ${spec}: ${usages.join(', ')}`],
    !usage && usages.length > 1 && ['usage', `must be one of ${usages.join(', ')}`],
    origin === 'EXTERNAL' && !imports && ['origin', `EXTERNAL is not for ${spec}`],
    key.validTo && (origin !== 'EXTERNAL' || !key.material) && ['validTo', 'is only for imported material'],
    replicas.length > 0 &&
      !multiRegion && ['replicas', 'are only for multi-Region keys, whose id begins with mrk-'],
    replicas.some((other) => other === region || !regions.includes(other)) && [
      'replicas',
      'must be other Regions of the account',
    ],
    new Set(replicas).size < replicas.length && ['replicas', 'name a Region twice'],
    lengthFault(key),
  ]
}

/** What the members of one key, and the keys of a file together, break. */
export function keyFaults(
  accounts: readonly { readonly id: string; readonly regions: readonly string[] }[],
  keys: readonly SeedKey[],
): SeedFault[] {
  const regionsOf = new Map(accounts.map(({ id, regions }) => [id, regions]))
  const single = keys.flatMap((entry, k): SeedFault[] => {
    const regions = regionsOf.get(entry.account)
    if (!regions) return [{ path: ['keys', k, 'account'], message: 'is not an account of this file' }]
    if (!regions.includes(entry.region))
      return [{ path: ['keys', k, 'region'], message: `is not a Region of account ${entry.account}` }]
    return [...kindFaults(entry, regions), ...rotationFaults(entry), ...grantFaults(entry)].flatMap(
      (fault) => (fault ? [{ path: ['keys', k, fault[0]], message: fault[1] }] : []),
    )
  })
  const place = (entry: SeedKey, name: string) => `${entry.account}/${entry.region}/${name}`
  const aliases = keys.flatMap((entry, k) =>
    entry.aliases.map((name, i) => ({ path: ['keys', k, 'aliases', i], name: place(entry, name) })),
  )
  return [
    ...single,
    ...twice(
      keys.map((entry, k) => ({ path: ['keys', k, 'id'], name: place(entry, entry.id) })),
      'is the id of a key above',
    ),
    ...twice(aliases, 'is an alias of a key above'),
  ]
}

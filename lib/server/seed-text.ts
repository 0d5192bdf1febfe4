/**
 * The text of a seed file: YAML or JSON into a seed, or a line for each fault that says where it is and what is wrong.
 * Reads nothing and applies nothing.
 */
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml'
import { checkPrivateKey } from '#lib/crypto/asymmetric-key.ts'
import { parseArn, partitionOf, roleArn, rootArn, userArn } from '#lib/domain/arn.ts'
import { isAsymmetric } from '#lib/domain/key-spec.ts'
import { readSeed, type Seed, type SeedAccount, type SeedFault } from '#lib/domain/seed-file.ts'
import { checkIdentityPolicy, checkKeyPolicy, checkTrustPolicy } from '#lib/policy/check.ts'

/** Thrown for a seed that cannot be applied; the message has a line for each fault. */
export class SeedError extends Error {
  override readonly name = 'SeedError'
}

/** ['accounts', 0, 'id'] → accounts[0].id */
const printed = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')

/** The offset of what a path names, or of the nearest thing around it that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const steps = path.slice(0, length)
    const node: unknown = length === 0 ? document.contents : document.getIn(steps, true)
    if (isNode(node) && node.range) return node.range[0]
    const parent: unknown = length < 2 ? document.contents : document.getIn(steps.slice(0, -1), true)
    // An empty value has no place of its own, its name has.
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => String(key) === String(steps.at(-1)))
      : undefined
    if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0]
  }
  return 0
}

/** Everyone of the file, by account. */
const peopleOf = ({ accounts }: Seed) =>
  new Map(
    accounts.map(({ id, regions, users, roles }) => {
      const partition = partitionOf(regions[0] ?? '')
      return [
        id,
        new Set([
          rootArn(partition, id),
          ...users.map(({ name }) => userArn(partition, id, '/', name)),
          ...roles.map(({ name }) => roleArn(partition, id, '/', name)),
        ]),
      ]
    }),
  )

/** PKCS#8 that is no key of its spec. */
function materialFaults({ keys }: Seed): SeedFault[] {
  return keys.flatMap(({ spec, material }, k) => {
    if (!material || !isAsymmetric(spec)) return []
    try {
      checkPrivateKey(spec, material)
      return []
    } catch {
      return [{ path: ['keys', k, 'material'], message: `must be PKCS#8 of a ${spec} key, DER in base64` }]
    }
  })
}

/** Grantees who would be in an account of the file, and are not. */
function granteeFaults(seed: Seed): SeedFault[] {
  const people = peopleOf(seed)
  return seed.keys.flatMap(({ grants }, k) =>
    grants.flatMap((grant, g) =>
      (['grantee', 'retiring'] as const).flatMap((member) => {
        const arn = grant[member]
        const account = arn?.split(':')[4]
        const known = arn === undefined || account === undefined || people.get(account)?.has(arn) !== false
        return known
          ? []
          : [{ path: ['keys', k, 'grants', g, member], message: 'is nobody of that account in this file' }]
      }),
    ),
  )
}

type Path = readonly PropertyKey[]

const faultAt = (path: Path, fault: string | null): SeedFault[] =>
  fault === null ? [] : [{ path, message: `is no policy: ${fault}` }]

/** Every identity policy of an account, where it stands. */
function identityPolicies({ users, groups, roles, policies, guardrails }: SeedAccount) {
  type Holders = readonly { readonly policies: readonly string[] }[]
  const inlineOf = (kind: string, holders: Holders) =>
    holders.flatMap(({ policies: own }, h) =>
      own.map((policy, p) => ({ path: [kind, h, 'policies', p], policy })),
    )
  return [
    ...inlineOf('users', users),
    ...inlineOf('groups', groups),
    ...inlineOf('roles', roles),
    ...policies.map(({ document }, p) => ({ path: ['policies', p, 'document'], policy: document })),
    ...guardrails.map(({ policy }, g) => ({ path: ['guardrails', g, 'policy'], policy })),
  ]
}

/** What lib/policy says of the policies, with every principal of the file known. */
function policyFaults(seed: Seed): SeedFault[] {
  const { accounts, keys } = seed
  const people = peopleOf(seed)
  // Of accounts that are not in the file nothing is known.
  const principalExists = (arn: string) => people.get(parseArn(arn)?.account ?? '')?.has(arn) ?? true
  return [
    ...accounts.flatMap((account, a) =>
      identityPolicies(account).flatMap(({ path, policy }) =>
        faultAt(['accounts', a, ...path], checkIdentityPolicy(policy)),
      ),
    ),
    ...accounts.flatMap(({ roles, regions }, a) =>
      roles.flatMap(({ trust }, r) => {
        const place = { partition: partitionOf(regions[0] ?? ''), principalExists }
        return faultAt(['accounts', a, 'roles', r, 'trust'], checkTrustPolicy(trust, place))
      }),
    ),
    ...keys.flatMap(({ region, policy }, k) => {
      if (policy === undefined) return []
      return faultAt(
        ['keys', k, 'policy'],
        checkKeyPolicy(policy, { partition: partitionOf(region), principalExists }),
      )
    }),
  ]
}

/** The seed in a file's text; `name` is what messages call the file. @throws SeedError. */
export function parseSeed(text: string, name: string): Seed {
  const lines = new LineCounter()
  // JSON is YAML, so one parser reads both. Anchors may not be used to build something enormous.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    version: '1.2',
  })
  const at = (offset: number) => `${name}:${lines.linePos(offset).line}`
  if (document.errors.length > 0) {
    throw new SeedError(document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`).join('\n'))
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw new SeedError(`${name}: uses more aliases than a seed needs`, { cause })
  }
  const read = readSeed(value)
  const faults =
    'faults' in read
      ? read.faults
      : [...policyFaults(read.seed), ...materialFaults(read.seed), ...granteeFaults(read.seed)]
  if ('seed' in read && faults.length === 0) return read.seed
  throw new SeedError(
    faults
      .map(
        ({ path, message }) =>
          `${at(offsetOf(document, path))}: ${[printed(path), message].filter(Boolean).join(' ')}`,
      )
      .join('\n'),
  )
}

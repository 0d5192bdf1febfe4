/**
 * The parity sheet (docs/parity.md): what of AWS's model Keyhouse has, found out and never asserted. Input members by
 * breaking and by meeting each constraint; outputs and errors by what a walk with AWS's own SDK saw.
 */
import { constraintRefusal } from '#lib/domain/constraints.ts'
import { kmsOperations } from '#lib/kms/operations.ts'
import { admittedInputs, constraintCases, says } from './constraint-cases.ts'
import { differenceOf, type Facts, KMS_MODEL } from './kms-constraints.ts'
import { SDK_OPERATIONS, type SdkMember } from './sdk-shapes.ts'
import type { Asked } from './sdk-world.ts'

/** Members of answers that no caller can come to see, and why. */
export const NEVER_SEEN: Readonly<Record<string, string>> = {
  'ListKeyPoliciesResponse.NextMarker': 'a key has one policy',
  'GetKeyRotationStatusResponse.OnDemandRotationStartDate':
    'given while an on-demand rotation is under way; here it is done before the call that asked for it is answered',
}

/** What is a service's own fault: no request brings it about. */
const FAULTS = ['DependencyTimeoutException', 'KMSInternalException', 'KeyUnavailableException']

const ofKeyStores = (name: string) => /CustomKeyStore|Xks|CloudHsm|TrustAnchor/.test(name)

export type Sheet = {
  readonly text: string
  /** What is missing, custom key stores apart. */
  readonly holes: readonly string[]
  /** Entries of NEVER_SEEN that were seen. */
  readonly stale: readonly string[]
}

/** Names of the shape: a structure that many operations answer with counts once. */
const nameOf = ({ shape, path }: SdkMember) => `${shape}.${path.split('.').at(-1)?.replace('[]', '')}`

function isPresent(value: unknown, steps: readonly string[]): boolean {
  if (value === undefined || value === null) return false
  const [step, ...rest] = steps
  if (step === undefined) return true
  const inner: unknown = Reflect.get(Object(value), step.replace('[]', ''))
  return step.endsWith('[]')
    ? Array.isArray(inner) && inner.some((element) => isPresent(element, rest))
    : isPresent(inner, rest)
}

function seenMembers(journal: readonly Asked[]): Set<string> {
  const seen = new Set<string>()
  for (const { operation, output } of journal)
    for (const member of SDK_OPERATIONS.get(operation)?.output ?? [])
      if (isPresent(output, member.path.split('.'))) seen.add(nameOf(member))
  return seen
}

/** What the schema gets wrong of each member; a member that it lacks is wrong in all. */
function inputFaults(operation: (typeof kmsOperations)[number]): Map<string, string> {
  const found = new Map<string, string>()
  for (const one of constraintCases(operation.name)) {
    const parsed = operation.input.safeParse(one.input)
    const refusal = parsed.error && constraintRefusal(parsed.error, one.input, operation.input)
    const right = one.broken ? says(refusal?.message ?? '', one) : refusal?.code === 'SerializationException'
    if (!right) found.set(one.member, one.rule)
  }
  for (const { member, input } of admittedInputs(operation.name))
    if (!operation.input.safeParse(input).success) found.set(member, 'refuses what AWS admits')
  return found
}

function limitsOf({ type, min, max, pattern, required, enum: name }: Facts): string {
  const range = min === undefined && max === undefined ? '' : ` ${min ?? ''}..${max ?? ''}`
  // A vertical bar would end the cell.
  const form = pattern ? ` \`${pattern.replaceAll('|', '\\|')}\`` : ''
  return `${type}${range}${name ? `, ${name}` : ''}${form}${required ? ', required' : ''}`
}

type Found = { readonly rows: string[]; readonly holes: string[]; readonly have: number; readonly of: number }

function inputOf(operation: (typeof kmsOperations)[number]): Found {
  const faults = inputFaults(operation)
  const { name } = operation
  const members = Object.entries(KMS_MODEL.operations[name]?.input ?? {})
  const rows = members.map(([path, facts]) => {
    const different = differenceOf(name, path)
    const mark = faults.has(path) ? `no: ${faults.get(path)}` : different ? `yes. ${different.why}` : 'yes'
    return `| ${path} | ${limitsOf(facts)} | ${mark} |`
  })
  const holes = [...faults].map(([path, rule]) => `${name}, input ${path}: ${rule}`)
  return { rows, holes, have: members.length - faults.size, of: members.length }
}

function outputOf(name: string, seen: ReadonlySet<string>): Found {
  const members = (SDK_OPERATIONS.get(name)?.output ?? []).filter(({ path }) => !path.endsWith('[]'))
  const holes: string[] = []
  let have = 0
  const rows = members.map((member) => {
    const shape = nameOf(member)
    if (seen.has(shape)) {
      have++
      return `| ${member.path} | seen |`
    }
    if (ofKeyStores(shape) || ofKeyStores(name)) return `| ${member.path} | custom key stores only |`
    const why = NEVER_SEEN[shape]
    if (why === undefined) holes.push(`${name}, output ${member.path}`)
    return `| ${member.path} | ${why ? `never: ${why}` : '**missing**'} |`
  })
  return { rows, holes, have, of: members.length }
}

function errorsOf(name: string, journal: readonly Asked[]) {
  const modelled = SDK_OPERATIONS.get(name)?.errors ?? []
  const met = new Set(journal.filter((asked) => asked.operation === name).map((asked) => asked.error?.name))
  const [seen, unseen] = [modelled.filter((one) => met.has(one)), modelled.filter((one) => !met.has(one))]
  const faults = unseen.filter((one) => FAULTS.includes(one))
  const stores = unseen.filter((one) => !faults.includes(one) && (ofKeyStores(one) || ofKeyStores(name)))
  const others = unseen.filter((one) => !faults.includes(one) && !stores.includes(one))
  return { met, seen, faults, stores, others }
}

/** An operation that has the member, and the refusal that shows that it is obeyed. */
function obeys(name: string, member: string, error: string, met: ReadonlySet<string | undefined>): string {
  const has = SDK_OPERATIONS.get(name)?.input.some(({ path }) => path === member)
  if (!has) return ''
  return met.has(error) ? 'yes' : '**no**'
}

const list = (title: string, names: readonly string[]) =>
  names.length ? [`${title}: ${names.join(', ')}.`] : []
const table = (head: string, rows: readonly string[], none: string) =>
  rows.length ? [head, head.replace(/[^|]+/g, ' --- '), ...rows] : [none]

function section(
  operation: (typeof kmsOperations)[number],
  seen: ReadonlySet<string>,
  journal: readonly Asked[],
) {
  const { name } = operation
  const [input, output, errors] = [inputOf(operation), outputOf(name, seen), errorsOf(name, journal)]
  const dryRun = obeys(name, 'DryRun', 'DryRunOperationException', errors.met)
  const tokens = obeys(name, 'GrantTokens', 'InvalidGrantTokenException', errors.met)
  const holes = [...input.holes, ...output.holes]
  if (dryRun.includes('no')) holes.push(`${name}: no dry run was seen`)
  if (tokens.includes('no')) holes.push(`${name}: no grant token was refused`)
  const errorCount = errors.seen.length + errors.faults.length + errors.stores.length + errors.others.length
  const counts = [
    `${input.have} of ${input.of}`,
    `${output.have} of ${output.of}`,
    `${errors.seen.length} of ${errorCount}`,
  ]
  const text = [
    `## ${name}`,
    '',
    ...table('| input | AWS’s constraints | here |', input.rows, 'No input.'),
    '',
    ...table('| output | |', output.rows, 'No output.'),
    '',
    ...list('Errors seen', errors.seen),
    ...list('Only where the service itself fails', errors.faults),
    ...list('Only with custom key stores', errors.stores),
    ...list('Named by AWS’s model, and not brought about', errors.others),
    '',
  ]
  return {
    holes,
    text,
    line: `| ${[`[${name}](#${name.toLowerCase()})`, ...counts, dryRun, tokens].join(' | ')} |`,
  }
}

const HEAD = `# Parity with AWS KMS

Made by \`lib/server/wire/parity.test.ts\`; not to be edited. AWS's side is \`@aws-sdk/client-kms\` as installed, with the
limits of botocore's model. An input member is here when the schema refuses every way to break its constraints in
AWS's words, and admits what AWS admits. An output member is here when AWS's SDK read it from a real answer; members of
a structure that several operations share count once seen in any. Custom key stores are not offered yet.

| operation | input members | output members | errors seen | DryRun | GrantTokens |
| --- | --- | --- | --- | --- | --- |`

/** The sheet from what a walk saw. */
export function paritySheet(journal: readonly Asked[]): Sheet {
  const seen = seenMembers(journal)
  const sections = [...kmsOperations]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((operation) => section(operation, seen, journal))
  const lines = [HEAD, ...sections.map(({ line }) => line), '', ...sections.flatMap(({ text }) => text)]
  return {
    text: `${lines.join('\n').trimEnd()}\n`,
    holes: sections.flatMap(({ holes }) => holes),
    stale: Object.keys(NEVER_SEEN).filter((name) => seen.has(name)),
  }
}

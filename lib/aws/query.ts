/**
 * The body of a query-protocol request (STS, IAM), into the same kind of values as JSON gives (facts §18.1).
 *
 *   Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3A…&Tags.member.1.Key=team&Tags.member.1.Value=a
 *     → { RoleArn: 'arn:…', Tags: [{ Key: 'team', Value: 'a' }] }
 *
 * Every leaf is a string: the protocol has no types.
 */
import { KmsError } from '#lib/domain/refusal.ts'
import { decodeText } from './json.ts'

const MAX_FIELDS = 200
const MAX_DEPTH = 8

export type QueryRequest = { readonly action: string; readonly version: string; readonly input: object }

const malformed = (message: string) => new KmsError('SerializationException', message)

/** Throws SerializationException for what is no form, repeats a field, or is too large or deep. */
export function readQuery(body: Uint8Array): QueryRequest {
  const fields = readFields(decodeText(body))
  const action = fields.get('Action') ?? ''
  const version = fields.get('Version') ?? ''
  fields.delete('Action')
  fields.delete('Version')
  const root = branch()
  for (const [path, value] of fields) plant(root, path.split('.'), value)
  return { action, version, input: toObject(root) }
}

function readFields(text: string): Map<string, string> {
  const pairs = text === '' ? [] : text.split('&')
  if (pairs.length > MAX_FIELDS) throw malformed(`A request must not have more than ${MAX_FIELDS} fields.`)
  const fields = new Map<string, string>()
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    if (fields.has(name)) throw malformed('A field was sent twice.')
    fields.set(name, decode(equals < 0 ? '' : pair.slice(equals + 1)))
  }
  return fields
}

function decode(text: string): string {
  const decoded = percentDecoded(text)
  // No member may hold it, and no column can.
  if (decoded.includes('\0')) throw malformed('A field holds NUL.')
  return decoded
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw malformed('A field is not valid percent-encoded UTF-8.')
  }
}

/** Maps, so that a field named `__proto__` is only a name. */
type Branch = Map<string, Branch | string>
const branch = (): Branch => new Map()

function plant(root: Branch, path: readonly string[], value: string): void {
  if (path.length > MAX_DEPTH) throw malformed('A field is nested too deeply.')
  let at = root
  for (const step of path.slice(0, -1)) {
    const next = at.get(step) ?? branch()
    if (typeof next === 'string') throw malformed('A field is both a value and a structure.')
    at.set(step, next)
    at = next
  }
  const leaf = path.at(-1) ?? ''
  if (at.has(leaf)) throw malformed('A field is both a value and a structure.')
  at.set(leaf, value)
}

const toValue = (node: Branch | string): unknown => {
  if (typeof node === 'string') return node
  const members = node.get('member')
  return node.size === 1 && members instanceof Map ? toList(members) : toObject(node)
}

function toObject(node: Branch): object {
  const object = Object.create(null)
  for (const [name, child] of node) object[name] = toValue(child)
  return object
}

/** One spelling of each, so that no two members are the same one. */
const NUMBER = /^[1-9]\d{0,5}$/

/** `member.1`, `member.2`, … in the order of their numbers. */
function toList(members: Branch): unknown[] {
  if ([...members.keys()].some((index) => !NUMBER.test(index)))
    throw malformed('A list member needs a number.')
  const numbered = [...members].map(([index, child]) => ({ index: Number(index), child }))
  return numbered.sort((a, b) => a.index - b.index).map(({ child }) => toValue(child))
}

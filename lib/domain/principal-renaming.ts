/**
 * What becomes of a principal's ARN in policies and grants when the principal is deleted or renamed. AWS keeps unique
 * ids in policies and shows ARNs of those who exist; here the texts hold ARNs, and are rewritten (facts §8.3).
 */
import type { Span } from './json-text.ts'
import { readPolicy } from './policy-grammar.ts'

export type PrincipalRenaming = {
  /** The ARN of a user or role. */
  readonly arn: string
  /** Of a role: how the ARNs of its sessions begin, up to and with the slash before the session's name. */
  readonly sessions: string | null
  /** The unique id of who is deleted, or the new ARN of who is renamed. */
  readonly to: string
}

/** What takes the place of a principal's name; undefined where it is somebody else's. */
export function renamed(name: string, { arn, sessions, to }: PrincipalRenaming): string | undefined {
  if (name === arn) return to
  return sessions !== null && name.startsWith(sessions) ? to : undefined
}

/** Statements may be a list or a single one, and so may names. Conditions are left alone, as AWS leaves them. */
const NAME = /^\/Statement(?:\/[0-9]+)?\/(?:Not)?Principal\/AWS(?:\/[0-9]+)?$/

type Edit = Span & { readonly text: string }

function editOf(text: string, { from, to }: Span, renaming: PrincipalRenaming): Edit | undefined {
  const value: unknown = text.charAt(from) === '"' ? JSON.parse(text.slice(from, to)) : undefined
  const name = typeof value === 'string' ? renamed(value, renaming) : undefined
  return name === undefined ? undefined : { from, to, text: JSON.stringify(name) }
}

/** The policy with the names exchanged and every other character as it was; the same text when it names nobody so. */
export function withRenamedPrincipal(policy: string, renaming: PrincipalRenaming): string {
  const places = [...readPolicy(policy, 'key').places]
  const edits = places
    .filter(([pointer]) => NAME.test(pointer))
    .flatMap(([, { value }]) => editOf(policy, value, renaming) ?? [])
    .sort((a, b) => b.from - a.from)
  return edits.reduce((text, { from, to, text: name }) => text.slice(0, from) + name + text.slice(to), policy)
}

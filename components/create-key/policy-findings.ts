/** Faults of the wizard's policy with their places: grammar, and identities of this account that do not exist. */
import { type LintPosition, lintPositions, readPolicy } from '#lib/domain/policy-grammar.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'
import type { Owner } from './policy-people.ts'

/** Tab, line feed, carriage return, and U+0020 to U+00FF (facts §8.1). */
const ODD = /[^\t\n\r\u0020-\u00ff]/

function oddCharacters(text: string): LintPosition[] {
  const at = text.search(ODD)
  return at < 0 ? [] : [{ message: `“${text.charAt(at)}” can’t be in a key policy.`, from: at, to: at + 1 }]
}

/** Where this account's identities are named that it does not have. */
function strangers(text: string, owner: Owner, known: ReadonlySet<string>): LintPosition[] {
  const { statements } = readPolicy(text, 'key')
  const names = new Set(
    statements.flatMap(({ principal }) => principal?.names ?? []).map(({ value }) => value),
  )
  return [...names].flatMap((value) => {
    const form = principalForm({ type: 'AWS', value })
    if (form?.form !== 'identity' || form.account !== owner.account || known.has(value)) return []
    const from = text.indexOf(JSON.stringify(value))
    const message = `${value.slice(value.lastIndexOf(':') + 1)} doesn’t exist in this account.`
    return [{ message, from: Math.max(0, from), to: Math.max(0, from) + value.length + 2 }]
  })
}

/** Nothing here means that Keyhouse will take the policy, apart from the lockout check. */
export function policyFindings(
  text: string,
  owner: Owner,
  known: ReadonlySet<string> | undefined,
): LintPosition[] {
  return [...lintPositions(text), ...oddCharacters(text), ...(known ? strangers(text, owner, known) : [])]
}

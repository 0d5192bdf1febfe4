/** Who could change a key policy again, once it is in force (facts §8.4): whoever saves it, anybody, or one alone. */
import { type CompiledPolicy, compilePolicy } from '../compile.ts'
import { decide } from '../decide.ts'
import { type Finding, finding, type LintSheet } from './sheet.ts'
import { type Changer, type Surroundings, whoIs } from './surroundings.ts'

const WHOLE = { statement: null, span: { from: 0, to: 0 } }

const mayChange = (policy: CompiledPolicy, who: Changer): boolean =>
  decide({ ...who, action: 'kms:PutKeyPolicy', resourcePolicy: { name: 'default', hash: '', policy } })
    .allowed

const nameOf = ({ principal }: Changer, surroundings: Surroundings) =>
  principal.kind === 'root' ? 'The root user' : whoIs(principal.role?.arn ?? principal.arn, surroundings)

/** LOCK-01 to LOCK-03. The root user of an account cannot be deleted, so it is no danger that only it may. */
export function lockoutFindings(sheet: LintSheet, surroundings: Surroundings): Finding[] {
  const { kind, caller, everyone } = surroundings
  if (kind !== 'key' || !sheet.document.readable) return []
  const policy = compilePolicy(sheet.text, 'key')
  const found: Finding[] = []
  const self = caller !== null && !mayChange(policy, caller)
  if (self) {
    const text = `After saving, ${nameOf(caller, surroundings)} (you) can't change this policy.`
    found.push(finding('LOCK-01', text, WHOLE))
  }
  if (everyone.length === 0) return found
  const changers = everyone.filter((who) => mayChange(policy, who))
  const [only, ...others] = changers
  if (!only) found.push(finding('LOCK-02', 'After saving, nobody can change this policy.', WHOLE))
  else if (others.length === 0 && only.principal.kind !== 'root') {
    const text =
      `Only one principal could still change this policy: ${nameOf(only, surroundings)}. ` +
      "If it is deleted the key can't be managed."
    found.push(finding('LOCK-03', text, WHOLE))
  }
  return found
}

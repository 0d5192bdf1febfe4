/** The findings there are (console POL-4): one row for each, so that ids and severities stand in one place. */
import type { FindingSeverity } from '#lib/domain/access.ts'

type Rule = { readonly severity: FindingSeverity; readonly about: string }
const error = (about: string): Rule => ({ severity: 'error', about })
const security = (about: string): Rule => ({ severity: 'security-warning', about })
const warning = (about: string): Rule => ({ severity: 'warning', about })
const suggestion = (about: string): Rule => ({ severity: 'suggestion', about })

export const RULES = {
  'JSON-01': error('The text is no JSON.'),
  'GRAM-01': error('An element is missing, unknown, or has a value that it cannot have.'),
  'AWS-01': error('What AWS answers when the policy is put in force.'),
  'SIZE-01': error('The policy is longer than it may be.'),
  'SIZE-02': warning('The policy is nearly as long as it may be.'),
  'CHAR-01': error('A character that AWS does not take.'),
  'LOCK-01': error('Whoever saves the policy could not change it again.'),
  'LOCK-02': error('Nobody could change the policy again.'),
  'LOCK-03': warning('One principal alone could change the policy again.'),
  'NOOP-01': error('A statement without actions or resources.'),
  'RES-01': warning('A key policy is about its own key only.'),
  'PRIN-01': security('Everyone is allowed, without a condition.'),
  'PRIN-02': warning('The id of a principal that was deleted.'),
  'PRIN-03': error('A principal that does not exist.'),
  'PRIN-04': error('A text that is no principal.'),
  'EXT-01': security('An account that is not known is allowed.'),
  'SOD-01': security('One principal administers the key and uses it.'),
  'SOD-02': warning('Who may create any grant can hand out use of the key.'),
  'ACT-01': error('An action that does not exist.'),
  'ACT-02': warning('An action that never has an effect here.'),
  'COND-01': error('An operator that cannot compare the condition key.'),
  'COND-02': warning('A condition key that no request has.'),
  'COND-03': warning('An operator for one value on a key with several, or the other way round.'),
  'COND-04': error('A condition key that a key policy may not use.'),
  'NOT-01': security('Everyone but the named is allowed.'),
  'ROOT-01': suggestion("The account's identity policies decide nothing."),
  'DEL-01': suggestion('The key may be deleted after a short waiting period.'),
  'DUP-01': suggestion('Two statements have one Sid.'),
  'SID-01': error('A Sid that IAM does not take.'),
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES

/** Who a key policy names, and for what: read from its statements, judged by nobody. */
import { principalLabel } from '#lib/console/format.ts'
import { readPolicy } from '#lib/domain/policy-grammar.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'
import { describeStatement, type StatementRole } from '#lib/domain/policy-sentences.ts'

export type NamedPrincipal = {
  readonly name: string
  readonly manages: boolean
  readonly uses: boolean
  readonly services: boolean
}

export type WhoCan = {
  readonly principals: readonly NamedPrincipal[]
  /** True when the account's identity policies may give access too. */
  readonly delegates: boolean
  readonly sentences: readonly string[]
}

const NOTHING = { manages: false, uses: false, services: false }

const MARK: Partial<Record<StatementRole, Partial<NamedPrincipal>>> = {
  administrators: { manages: true },
  users: { uses: true },
  service: { services: true },
}

function shortName(value: string, account: string): string {
  const form = principalForm({ type: 'AWS', value })
  if (form?.form === 'everyone') return 'everyone'
  if (form?.form === 'account') return `account ${form.account}`
  if (form?.form !== 'identity' || form.account === account) return principalLabel(value)
  return `${principalLabel(value)} of account ${form.account}`
}

/** Principals in the order in which the policy names them; its statements in words. */
export function whoCan(policy: string, account: string): WhoCan {
  const { statements } = readPolicy(policy, 'key')
  const named = new Map<string, NamedPrincipal>()
  const described = statements.map((statement) => ({
    statement,
    words: describeStatement(statement, account),
  }))
  for (const { statement, words } of described) {
    const mark = MARK[words.role]
    if (!mark) continue
    for (const { value } of statement.principal?.names ?? []) {
      const name = shortName(value, account)
      named.set(name, { ...(named.get(name) ?? { name, ...NOTHING }), ...mark })
    }
  }
  return {
    principals: [...named.values()],
    delegates: described.some(({ words }) => words.role === 'root'),
    sentences: described.map(({ words }) => words.sentence),
  }
}

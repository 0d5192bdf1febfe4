/** What the questions about the log share: whose it is, the range and the filter, and that the answer is as recent as the question. */
import type { EventScope } from '#lib/audit/search/question.ts'
import type { Call } from '#lib/engine/call.ts'

type Input = {
  readonly Filter?: string | undefined
  readonly From?: Date | undefined
  readonly To?: Date | undefined
}

/** Members of such a question that the log keeps. */
export const loggedScope = ({ Filter, From, To }: Input) => ({ filter: Filter, from: From, to: To })

/** Event times are real time, whatever the installation's clock was set to. */
export const scopeOf = (call: Call, { Filter, From, To }: Input): EventScope & { readonly now: Date } => ({
  account: call.account,
  filter: Filter ?? '',
  from: From,
  to: To,
  now: call.services.clock.real(),
})

/** Principals typed or pasted as ARNs, and account numbers: what is taken, and what is wrong with the rest. */
import { parseArn } from '#lib/domain/arn.ts'
import { ACCOUNT_ID, principalForm } from '#lib/domain/policy-principal.ts'

export type Surroundings = {
  readonly account: string
  /** ARNs of the account's identities, where they may be listed. */
  readonly known: ReadonlySet<string> | undefined
  readonly chosen: readonly string[]
}
export type PastedArns = {
  readonly arns: readonly string[]
  readonly faults: readonly { readonly text: string; readonly message: string }[]
}

function faultOf(text: string, { account, known, chosen }: Surroundings): string | undefined {
  if (chosen.includes(text)) return 'is chosen already.'
  const form = principalForm({ type: 'AWS', value: text })
  if (form?.form === 'account')
    return 'is a whole account. The account statement of the policy already covers your own; other accounts are chosen in step 4.'
  if (form?.form !== 'identity') return parseArn(text) ? 'isn’t the ARN of a user or role.' : 'isn’t an ARN.'
  if (form.account !== account)
    return `belongs to account ${form.account}. Only identities of ${account} can be chosen here.`
  if (known && !known.has(text)) return 'doesn’t exist in this account.'
  return undefined
}

const words = (text: string) => [...new Set(text.split(/[\s,;"']+/).filter((word) => word !== ''))]

/** Many at once, apart by spaces, commas or lines; quotes of JSON are let go. */
export function readArns(text: string, surroundings: Surroundings): PastedArns {
  const found = words(text).map((word) => ({ text: word, message: faultOf(word, surroundings) }))
  return {
    arns: found.filter(({ message }) => message === undefined).map((one) => one.text),
    faults: found.flatMap((one) =>
      one.message === undefined ? [] : [{ text: one.text, message: one.message }],
    ),
  }
}

function accountFault(text: string, own: string, chosen: readonly string[]): string | undefined {
  if (!ACCOUNT_ID.test(text)) return 'isn’t an account ID: those have 12 digits.'
  if (text === own) return 'is this account. Its own people are chosen above.'
  return chosen.includes(text) ? 'is on the list already.' : undefined
}

/** Other accounts, many at once. */
export function readAccounts(text: string, own: string, chosen: readonly string[]): PastedArns {
  const found = words(text).map((word) => ({ text: word, message: accountFault(word, own, chosen) }))
  return {
    arns: found.filter(({ message }) => message === undefined).map((one) => one.text),
    faults: found.flatMap((one) =>
      one.message === undefined ? [] : [{ text: one.text, message: one.message }],
    ),
  }
}

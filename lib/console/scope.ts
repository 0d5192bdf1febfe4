/** The account and Region that this browser last looked at: where `/` leads, and what account pages keep. No secret. */
export const SCOPE_COOKIE = 'keyhouse-scope'

export type Scope = { readonly account: string; readonly region: string }

/** The scope in a cookie's value, or undefined when it holds none. */
export function readScope(value: string | undefined): Scope | undefined {
  const found = /^([0-9]{12})\.([a-z0-9-]{5,30})$/.exec(value ?? '')
  const [, account, region] = found ?? []
  return account && region ? { account, region } : undefined
}

export const writeScope = (scope: Scope): string => `${scope.account}.${scope.region}`

/** What a typed alias is called whole, and why it can't be one. The engine decides again. */
export const wholeAlias = (typed: string): string => `alias/${typed.trim().replace(/^alias\//, '')}`

export function faultOf(alias: string): string | undefined {
  if (alias === 'alias/') return 'Give the alias a name.'
  if (alias.startsWith('alias/aws/')) return 'Names beginning with alias/aws/ belong to AWS managed keys.'
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(alias)) return 'Use letters, digits, /, _ and -.'
  return undefined
}

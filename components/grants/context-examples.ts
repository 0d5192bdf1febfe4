/** What a context constraint lets through, shown by examples: judged by the very function that the engine asks. */
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import { contextFulfils, type GrantConstraints } from '#lib/domain/grant.ts'

export type ContextExample = { readonly words: string; readonly allowed: boolean }

const wordsOf = (context: EncryptionContext) => {
  const pairs = Object.entries(context).map(([name, value]) => `${name}=${value}`)
  return pairs.length === 0 ? 'no context' : pairs.join(', ')
}

/** The context that is asked for, one with more, one with another value, and none. */
export function contextExamples(constraints: GrantConstraints): ContextExample[] {
  const asked = constraints.EncryptionContextEquals ?? constraints.EncryptionContextSubset ?? {}
  const [first] = Object.entries(asked)
  const spare = 'purpose' in asked ? 'extra' : 'purpose'
  const contexts: EncryptionContext[] = [
    asked,
    { ...asked, [spare]: 'x' },
    ...(first ? [{ ...asked, [first[0]]: `${first[1] === 'beta' ? 'alpha' : 'beta'}` }] : []),
    {},
  ]
  return contexts.map((context) => ({
    words: wordsOf(context),
    allowed: contextFulfils(constraints, context),
  }))
}

/** Pairs as one types them to try: "tenant=acme, purpose=x". Undefined for what are no pairs. */
export function readContext(typed: string): EncryptionContext | undefined {
  const parts = typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const pairs = parts.map((part) => /^([^=]+)=(.*)$/.exec(part))
  if (pairs.some((pair) => pair === null)) return undefined
  return Object.fromEntries(pairs.map((pair) => [pair?.[1]?.trim() ?? '', pair?.[2]?.trim() ?? '']))
}

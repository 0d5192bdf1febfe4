/** Whether a policy's text names a key: by its id, in whatever Region or ARN, or by one of its aliases. Pure. */

export type KeyNames = {
  readonly id: string
  /** With their prefix. */
  readonly aliases: readonly string[]
}

// What may follow an alias's name and still be part of it.
const IN_ALIAS = /[A-Za-z0-9/_-]/

function names(text: string, { id, aliases }: KeyNames): boolean {
  if (text.includes(id)) return true
  return aliases.some((alias) => {
    const at = text.indexOf(alias)
    return at >= 0 && !IN_ALIAS.test(text.charAt(at + alias.length))
  })
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  if (typeof value !== 'object' || value === null) return
  for (const member of Object.values(value)) yield* textsIn(member)
}

/** The first string of a policy, JSON text, that names the key; undefined when none does, or it is no JSON. */
export function keyNamedIn(policy: string, key: KeyNames): string | undefined {
  let read: unknown
  try {
    read = JSON.parse(policy)
  } catch {
    return undefined
  }
  for (const text of textsIn(read)) if (names(text, key)) return text
  return undefined
}

/**
 * Policy variables: ${aws:username}, ${aws:PrincipalTag/team, 'none'}, and ${*} ${?} ${$} for the
 * characters themselves. Only Version 2012-10-17 has them. A text becomes parts once, when its policy is
 * read; nothing is resolved here.
 */

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `*` or `?` as the policy wrote it; what a variable brings in is never one of these (R49). */
  | { readonly kind: 'wild'; readonly wild: '*' | '?' }
  /** The key in lower case, as condition key names compare. */
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined }

export type Template = readonly TemplatePart[]

/** A service prefix, then anything that is not syntax: tag keys may hold spaces. */
const VARIABLE_KEY = /^[A-Za-z][A-Za-z0-9]*:[^,'"${}*?]+$/

function parseVariable(inside: string): TemplatePart | undefined {
  if (inside === '*' || inside === '?' || inside === '$') return { kind: 'text', text: inside }
  const comma = inside.indexOf(',')
  const key = (comma < 0 ? inside : inside.slice(0, comma)).trim().toLowerCase()
  if (!VARIABLE_KEY.test(key)) return undefined
  if (comma < 0) return { kind: 'variable', key, fallback: undefined }
  const quoted = inside.slice(comma + 1).trim()
  const fallback = quoted.slice(1, -1)
  const isQuoted =
    quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'") && !fallback.includes("'")
  return isQuoted ? { kind: 'variable', key, fallback } : undefined
}

/**
 * The parts of a text; undefined when a `${` does not hold a variable. Without variables `${` is ordinary
 * text.
 */
export function parseTemplate(text: string, variables: boolean): Template | undefined {
  const parts: TemplatePart[] = []
  let plain = ''
  const push = (part: TemplatePart) => {
    if (plain !== '') parts.push({ kind: 'text', text: plain })
    plain = ''
    parts.push(part)
  }
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '*' || character === '?') {
      push({ kind: 'wild', wild: character })
    } else if (variables && text.startsWith('${', at)) {
      const end = text.indexOf('}', at)
      const part = end < 0 ? undefined : parseVariable(text.slice(at + 2, end))
      if (!part) return undefined
      if (part.kind === 'text') plain += part.text
      else push(part)
      at = end
    } else {
      plain += character
    }
  }
  if (plain !== '') parts.push({ kind: 'text', text: plain })
  return parts
}

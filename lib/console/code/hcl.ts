/** Expressions and blocks of Terraform's language, from the members of requests. Knows no resource. */
import { type CodeRequest, isRecord, members } from './request.ts'

export type Input = CodeRequest['input']

/** HCL's strings know ${…} and %{…}; doubling their signs leaves them as text. */
export const hcl = (text: string) => JSON.stringify(text).replace(/[$%]\{/g, (sign) => sign[0] + sign)

/** An argument and its expression; undefined for what the request leaves out. */
export type Argument = readonly [name: string, expression: string | undefined]

export const text = (value: unknown) => (typeof value === 'string' && value !== '' ? hcl(value) : undefined)
export const literal = (value: unknown) =>
  typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined
export const texts = (value: unknown) =>
  Array.isArray(value) && value.length > 0
    ? `[${value.map((one) => hcl(String(one))).join(', ')}]`
    : undefined

function mapOf(pairs: readonly (readonly [string, unknown])[], indent: string): string | undefined {
  if (pairs.length === 0) return undefined
  const lines = pairs.map(([name, value]) => `${indent}  ${hcl(name)} = ${hcl(String(value))}\n`)
  return `{\n${lines.join('')}${indent}}`
}
export const map = (value: unknown, indent = '  ') =>
  isRecord(value) ? mapOf(members(value), indent) : undefined
export const tags = (value: unknown) =>
  Array.isArray(value)
    ? mapOf(
        value
          .filter(isRecord)
          .map((tag) => [String(tag.TagKey ?? tag.Key), tag.TagValue ?? tag.Value] as const),
        '  ',
      )
    : undefined

/** Arguments in a column, as `terraform fmt` sets them; those that span lines stand apart. */
export function block(head: string, given: readonly Argument[], inner: readonly string[] = []): string {
  const known = given.filter((argument): argument is [string, string] => argument[1] !== undefined)
  const flat = known.filter(([, expression]) => !expression.includes('\n'))
  const width = Math.max(0, ...flat.map(([name]) => name.length))
  const lines = [
    flat.map(([name, expression]) => `  ${name.padEnd(width)} = ${expression}`).join('\n'),
    ...known
      .filter(([, expression]) => expression.includes('\n'))
      .map(([name, expression]) => `  ${name} = ${expression}`),
    ...inner,
  ].filter((part) => part !== '')
  return lines.length === 0 ? `${head} {}` : `${head} {\n${lines.join('\n\n')}\n}`
}

export type Made = { readonly blocks: readonly string[]; readonly note?: string }

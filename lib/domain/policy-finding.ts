/**
 * What is wrong with a policy and where: one finding for each fault of grammar, collected while a document
 * is read.
 */

/**
 * Key policies name principals; identity policies hang on them (boundaries, session policies and guardrails are
 * written the same way); a trust policy says who may assume the role that it belongs to.
 */
export type PolicyKind = 'key' | 'identity' | 'trust'

export type PolicyFault =
  | 'json'
  | 'syntax'
  | 'no-principal'
  | 'principal'
  | 'principal-not-allowed'
  | 'no-action'
  | 'action'
  | 'no-resource'
  | 'resource'
  | 'resource-not-allowed'
  | 'sid'
  | 'condition-key'
  | 'overly-permissive'

export type Finding = {
  readonly fault: PolicyFault
  /** For a person, in one sentence. */
  readonly message: string
  /** JSON pointer of what is wrong. */
  readonly pointer: string
  /** The value itself, or the name of the member. */
  readonly on: 'key' | 'value'
  readonly statement: number | null
  /**
   * What carries such a finding cannot be understood; the others are only refused when a policy is written.
   */
  readonly unreadable: boolean
}

/** A JSON object as json-text.ts reads it. */
export type JsonObject = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Collects findings about one statement (or, with `statement` null, about the document). */
export type Sheet = {
  readonly kind: PolicyKind
  readonly variables: boolean
  readonly statement: number | null
  readonly findings: Finding[]
}

type Mark = {
  fault: PolicyFault
  message: string
  pointer: string
  on?: 'key' | 'value'
  unreadable?: boolean
}

/** Puts a finding on the sheet; by default on a value, and one that leaves it not understood. */
export function mark(sheet: Sheet, { fault, message, pointer, on = 'value', unreadable = true }: Mark): void {
  sheet.findings.push({ fault, message, pointer, on, statement: sheet.statement, unreadable })
}

/**
 * Policies compiled once to closures that judge quickly. Compiling never fails: what cannot be understood
 * never allows, and where it might have been a Deny it denies everything (R48). Writing is stricter: see
 * check.ts.
 */
import { rootArn } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { matchesGlob, parseGlob } from '#lib/domain/policy-glob.ts'
import { type PolicyDocument, readPolicy } from '#lib/domain/policy-grammar.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'
import type { ParsedStatement, Patterns } from '#lib/domain/policy-statement.ts'
import { parseTemplate } from '#lib/domain/policy-variables.ts'
import { type Condition, compileConditions } from './conditions.ts'
import { type Evidence, globTest } from './pattern.ts'

/** Whom a Principal element names: the caller by its own ARN or `*`, or the caller's whole account. */
export type Named = { readonly caller: boolean; readonly account: boolean }

/** A caller with what matching needs computed once per decision. */
export type Asker = { readonly principal: Principal; readonly rootArn: string }

export const askerOf = (principal: Principal): Asker => ({
  principal,
  rootArn: rootArn(principal.partition, principal.account),
})

export type CompiledStatement = {
  readonly index: number
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny'
  /** In an identity policy: always the caller. */
  readonly names: (asker: Asker) => Named
  /** The action in lower case. */
  readonly hasAction: (action: string) => boolean
  readonly hasResource: (arn: string, evidence: Evidence) => boolean
  readonly holds: Condition
}

export type CompiledPolicy = {
  readonly kind: PolicyKind
  readonly statements: readonly CompiledStatement[]
  /** False when the text, or a statement of it, could not be understood. */
  readonly readable: boolean
}

/** A policy ready to judge with. Never throws; takes the text as it was stored. */
export function compilePolicy(text: string, kind: PolicyKind): CompiledPolicy {
  try {
    return compileDocument(readPolicy(text, kind))
  } catch {
    return unreadable(kind)
  }
}

const ALWAYS = () => true
const THE_CALLER: Named = { caller: true, account: true }

/** Stands in for what could not be read and might have denied. */
const denyEverything = (index: number, sid: string | null): CompiledStatement => ({
  index,
  sid,
  effect: 'Deny',
  names: () => THE_CALLER,
  hasAction: ALWAYS,
  hasResource: ALWAYS,
  holds: ALWAYS,
})

const unreadable = (kind: PolicyKind): CompiledPolicy => ({
  kind,
  statements: [denyEverything(0, null)],
  readable: false,
})

function compileDocument(document: PolicyDocument): CompiledPolicy {
  if (!document.readable) return unreadable(document.kind)
  const statements = document.statements.flatMap((statement) => {
    if (!document.unreadable.has(statement.index)) return [compileStatement(statement, document.variables)]
    // Only an Allow is known to be harmless when it is left out.
    return statement.effect === 'Allow' ? [] : [denyEverything(statement.index, statement.sid)]
  })
  return { kind: document.kind, statements, readable: document.unreadable.size === 0 }
}

function compileStatement(statement: ParsedStatement, variables: boolean): CompiledStatement {
  const { index, sid, effect, action, resource, conditions, principal } = statement
  // A readable statement has all three; the types cannot say so.
  if (!effect || !action || !resource) return denyEverything(index, sid)
  return {
    index,
    sid,
    effect,
    names: principal ? compilePrincipal(principal, effect) : () => THE_CALLER,
    hasAction: compileActions(action),
    hasResource: compileResources(resource, variables),
    holds: compileConditions(conditions, { effect, variables }),
  }
}

function compilePrincipal(
  { negated, names }: NonNullable<ParsedStatement['principal']>,
  effect: 'Allow' | 'Deny',
): (asker: Asker) => Named {
  const forms = names.map(principalForm)
  const everyone = forms.some((form) => form?.form === 'everyone')
  const arns = new Set(names.map((name) => name.value))
  const accounts = new Set(
    forms.map((form) => (form?.form === 'account' && form.partition === null ? form.account : '')),
  )
  const listed = ({ principal, rootArn: root }: Asker): Named => {
    const account = arns.has(root) || accounts.has(principal.account)
    // For the account's root user, the account is itself.
    return { caller: everyone || arns.has(principal.arn) || (account && principal.kind === 'root'), account }
  }
  if (!negated) return listed
  return (asker) => {
    const { caller, account } = listed(asker)
    // AWS excepts a caller from a Deny only when its account is listed too; an Allow spares whoever is
    // listed in any way.
    const excepted = effect === 'Deny' ? everyone || (caller && account) : caller || account
    return { caller: !excepted, account: false }
  }
}

function compileActions({ negated, values }: Patterns): (action: string) => boolean {
  const globs = values.map((value) => parseGlob(value.toLowerCase()))
  return (action) => globs.some((glob) => matchesGlob(glob, action)) !== negated
}

function compileResources(
  { negated, values }: Patterns,
  variables: boolean,
): CompiledStatement['hasResource'] {
  const tests = values.map((value) => globTest(parseTemplate(value, variables) ?? []))
  return (arn, evidence) => {
    let unresolved = false
    for (const test of tests) {
      const match = test(arn, evidence)
      if (match === true) return !negated
      if (match === 'unresolved') unresolved = true
    }
    // An element with a variable that cannot be resolved does not match, also not by negation.
    return negated && !unresolved
  }
}

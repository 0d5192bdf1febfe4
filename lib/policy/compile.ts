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
import { assumed, type Evidence, globTest, variablesOf } from './pattern.ts'

/**
 * Whom a Principal element names: the caller, or the caller's whole account. A session of a role that is named
 * through its role or by `*` is `limited`: its boundary and session policies must allow as well (facts §8.5).
 */
export type Named = { readonly caller: boolean; readonly account: boolean; readonly limited: boolean }

/** A caller with what matching needs computed once per decision. */
export type Asker = {
  readonly principal: Principal
  readonly rootArn: string
  /** ARN of the provider whose token somebody shows who is nobody yet (AssumeRoleWithWebIdentity). */
  readonly provider?: string | undefined
}

export const askerOf = (principal: Principal, provider?: string): Asker => ({
  principal,
  rootArn: rootArn(principal.partition, principal.account),
  provider,
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
  /** What it was compiled from, for whoever explains it. */
  readonly text: string
  readonly statements: readonly CompiledStatement[]
  /** False when the text, or a statement of it, could not be understood. */
  readonly readable: boolean
}

/** A policy ready to judge with. Never throws; takes the text as it was stored. */
export function compilePolicy(text: string, kind: PolicyKind): CompiledPolicy {
  try {
    return compileDocument(readPolicy(text, kind), text)
  } catch {
    return unreadable(kind, text)
  }
}

const ALWAYS = () => true
const THE_CALLER: Named = { caller: true, account: true, limited: false }

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

const unreadable = (kind: PolicyKind, text: string): CompiledPolicy => ({
  kind,
  text,
  statements: [denyEverything(0, null)],
  readable: false,
})

function compileDocument(document: PolicyDocument, text: string): CompiledPolicy {
  if (!document.readable) return unreadable(document.kind, text)
  const statements = document.statements.flatMap((statement) => {
    if (!document.unreadable.has(statement.index)) return [compileStatement(statement, document.variables)]
    // Only an Allow is known to be harmless when it is left out.
    return statement.effect === 'Allow' ? [] : [denyEverything(statement.index, statement.sid)]
  })
  return { kind: document.kind, text, statements, readable: document.unreadable.size === 0 }
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
    hasResource: compileResources(resource, effect, variables),
    holds: compileConditions(conditions, { effect, variables }),
  }
}

/** The names of a Principal element, sorted by what they are compared with. */
type Listed = {
  readonly everyone: boolean
  /** ARNs of identities and account roots. */
  readonly arns: ReadonlySet<string>
  /** Account numbers that stand alone. */
  readonly accounts: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly providers: ReadonlySet<string>
}

function listedNames(names: NonNullable<ParsedStatement['principal']>['names']): Listed {
  const forms = names.map(principalForm)
  const ofType = (type: string) =>
    new Set(names.filter((name) => name.type === type).map(({ value }) => value))
  return {
    everyone: forms.some((form) => form?.form === 'everyone'),
    arns: ofType('AWS'),
    accounts: new Set(
      forms.flatMap((form) => (form?.form === 'account' && form.partition === null ? form.account : [])),
    ),
    services: ofType('Service'),
    providers: ofType('Federated'),
  }
}

function compilePrincipal(
  { negated, names }: NonNullable<ParsedStatement['principal']>,
  effect: 'Allow' | 'Deny',
): (asker: Asker) => Named {
  const listed = listedNames(names)
  if (!negated) return (asker) => namedBy(listed, asker)
  return (asker) => ({ caller: isOther(listed, asker, effect), account: false, limited: true })
}

function namedBy(listed: Listed, asker: Asker): Named {
  const { principal, rootArn: root, provider } = asker
  if (principal.kind === 'service') {
    const caller = listed.everyone || listed.services.has(principal.name)
    return { caller, account: false, limited: false }
  }
  const account = listed.arns.has(root) || listed.accounts.has(principal.account)
  // For the account's root user, the account is itself.
  const itself = listed.arns.has(principal.arn) || (account && principal.kind === 'root')
  const wide =
    listed.everyone ||
    (principal.role !== undefined && listed.arns.has(principal.role.arn)) ||
    (provider !== undefined && listed.providers.has(provider))
  return { caller: itself || wide, account, limited: !itself && principal.kind === 'role' }
}

/**
 * Whether NotPrincipal means the caller. From a Deny AWS excepts a caller only when its account is listed too, and a
 * session only when its role is as well; an Allow spares whoever is listed in any way, and never means a
 * service or the holder of a provider's token.
 */
function isOther(listed: Listed, asker: Asker, effect: 'Allow' | 'Deny'): boolean {
  const { principal } = asker
  const { caller, account } = namedBy(listed, asker)
  const outside = principal.kind === 'service' || asker.provider !== undefined
  if (effect === 'Allow') return !(caller || account || outside)
  if (listed.everyone || outside) return !caller
  const itself = listed.arns.has(principal.arn) || principal.kind === 'root'
  const role = principal.role === undefined || listed.arns.has(principal.role.arn)
  return !(account && itself && role)
}

function compileActions({ negated, values }: Patterns): (action: string) => boolean {
  const globs = values.map((value) => parseGlob(value.toLowerCase()))
  return (action) => globs.some((glob) => matchesGlob(glob, action)) !== negated
}

function compileResources(
  { negated, values }: Patterns,
  effect: 'Allow' | 'Deny',
  variables: boolean,
): CompiledStatement['hasResource'] {
  const templates = values.map((value) => parseTemplate(value, variables) ?? [])
  const tests = templates.map(globTest)
  const keys = templates.flatMap(variablesOf)
  return (arn, evidence) => {
    const taken = assumed(evidence, keys, effect)
    if (taken !== undefined) return taken
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

/** What a new grant must be (facts §9.2-§9.4), and what conditions see of it (facts §8.6). */
import type { z } from 'zod'
import { parseArn } from '#lib/domain/arn.ts'
import {
  constraintTypeOf,
  GRANT_LIMITS,
  type GrantConstraints,
  type GrantPrincipal,
  type GrantTerms,
  grantOperationsOf,
} from '#lib/domain/grant.ts'
import type { CreateGrantInput } from '#lib/domain/operations/grants.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { principalDirectory } from '#lib/engine/principal-directory.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'

export type CreateGrantRequest = z.output<typeof CreateGrantInput>

/** A grant as asked for, before anybody looked at the key. */
export type DraftGrant = GrantTerms & {
  readonly name: string
  readonly grantee: GrantPrincipal
  readonly retiring: GrantPrincipal | null
}

const invalid = (text: string) => new KmsError('ValidationException', text)

/** The one principal that two members name; null where neither does. */
function oneOf(members: { AWS: string | undefined; Service: string | undefined }, names: string) {
  const { AWS: arn, Service: service } = members
  if (arn !== undefined && service !== undefined) throw invalid(`Specify either ${names}, but not both.`)
  if (arn !== undefined) return { kind: 'AWS', name: arn } as const
  return service === undefined ? null : ({ kind: 'Service', name: service } as const)
}

/**
 * Terraform's provider always sends both maps and leaves the one that is not meant empty. Alone, an empty
 * EncryptionContextEquals is meant: it admits requests without a context only.
 */
function withoutEmptyTwin(given: GrantConstraints): GrantConstraints {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, ...rest } = given
  if (!equals || !subset) return given
  if (Object.keys(subset).length === 0) return { ...rest, EncryptionContextEquals: equals }
  if (Object.keys(equals).length === 0) return { ...rest, EncryptionContextSubset: subset }
  return given
}

function constraintsOf({ Constraints: given }: CreateGrantRequest): GrantConstraints | null {
  const present = Object.entries(withoutEmptyTwin(given ?? {})).filter(([, value]) => value !== undefined)
  return present.length === 0 ? null : Object.fromEntries(present)
}

/** A service acts for a resource, and somebody must be able to retire its grant (CreateGrant, GranteeServicePrincipal). */
function checkService({ grantee, retiring, constraints }: DraftGrant): void {
  if (grantee.kind !== 'Service') return
  if (constraints?.SourceArn === undefined)
    throw invalid('GranteeServicePrincipal requires a SourceArn grant constraint.')
  if (retiring === null)
    throw invalid('GranteeServicePrincipal requires RetiringPrincipal or RetiringServicePrincipal.')
}

/** What a request asks for. @throws ValidationException for members that do not go together. */
export function draftOf(input: CreateGrantRequest): DraftGrant {
  const grantee = oneOf(
    { AWS: input.GranteePrincipal, Service: input.GranteeServicePrincipal },
    'GranteePrincipal or GranteeServicePrincipal',
  )
  if (!grantee) throw invalid('Specify either GranteePrincipal or GranteeServicePrincipal.')
  const retiring = oneOf(
    { AWS: input.RetiringPrincipal, Service: input.RetiringServicePrincipal },
    'RetiringPrincipal or RetiringServicePrincipal',
  )
  const operations = [...new Set(input.Operations)]
  const draft = { name: input.Name ?? '', grantee, retiring, operations, constraints: constraintsOf(input) }
  checkService(draft)
  return draft
}

/** The pairs that a grant will ask for: kms:EncryptionContext conditions of CreateGrant see them. */
export const contextOf = ({ constraints }: GrantTerms) =>
  constraints?.EncryptionContextEquals ?? constraints?.EncryptionContextSubset

const named = (of: GrantPrincipal | null, kind: GrantPrincipal['kind']) =>
  of?.kind === kind ? of.name : undefined

/** Whether an integrated service asks, for somebody or for itself. */
export const forResource = ({ caller }: Call) => ({
  'kms:GrantIsForAWSResource': String(caller.through !== undefined),
})

export const grantConditions = ({
  grantee,
  retiring,
  operations,
  constraints,
}: DraftGrant): ConditionValues => ({
  'kms:GrantOperations': operations,
  'kms:GranteePrincipal': named(grantee, 'AWS'),
  'kms:GranteeServicePrincipal': named(grantee, 'Service'),
  'kms:RetiringPrincipal': named(retiring, 'AWS'),
  'kms:RetiringServicePrincipal': named(retiring, 'Service'),
  'kms:GrantConstraintType': constraintTypeOf(constraints),
  'kms:GrantConstraintSourceArn': constraints?.SourceArn,
})

function checkConstraints(key: AllowedKey, constraints: GrantConstraints): void {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, SourceArn } = constraints
  const context = equals ?? subset
  if (context && key.row.spec !== 'SYMMETRIC_DEFAULT')
    throw invalid(
      'EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key.',
    )
  if (equals && subset)
    throw invalid('A grant can have EncryptionContextEquals or EncryptionContextSubset, but not both.')
  const { contextPairs, contextValue } = GRANT_LIMITS
  if (context && Object.keys(context).length > contextPairs)
    throw invalid(`A grant constraint can have at most ${contextPairs} encryption context pairs.`)
  if (context && Object.values(context).some((value) => value.length > contextValue))
    throw invalid(
      `An encryption context value in a grant constraint can have at most ${contextValue} characters.`,
    )
  if (SourceArn !== undefined && !parseArn(SourceArn))
    throw new KmsError('InvalidArnException', `Invalid arn ${SourceArn}`)
}

/** What a grant gives must suit the kind of key. @throws ValidationException */
export function checkTerms(key: AllowedKey, { operations, constraints }: GrantTerms): void {
  const { spec, usage } = key.row
  if (operations.length === 0) throw invalid('Grants must contain at least one operation.')
  const possible = grantOperationsOf(spec, usage)
  const unfit = operations.filter((operation) => !possible.includes(operation))
  if (unfit.length > 0)
    throw invalid(
      `Grant operations [${unfit.join(', ')}] are not supported for a KMS key with key spec ${spec} and key usage ${usage}.`,
    )
  if (operations.every((operation) => operation === 'CreateGrant'))
    throw invalid('Grants must not contain only the CreateGrant operation.')
  if (constraints) checkConstraints(key, constraints)
}

const notPrincipal = ({ name }: GrantPrincipal) =>
  new KmsError('InvalidArnException', `ARN does not refer to a valid principal: ${name}`)

/** An account root or an identity; of accounts of this installation, one that exists. */
async function checkPrincipal(call: Call, principal: GrantPrincipal): Promise<void> {
  const form = principalForm({ type: principal.kind, value: principal.name })
  if (principal.kind === 'Service') {
    if (form?.form !== 'outside') throw invalid(`${principal.name} is not a service principal.`)
    return
  }
  if (form?.form !== 'account' && form?.form !== 'identity') throw notPrincipal(principal)
  if (form.partition !== call.place.partition) throw notPrincipal(principal)
  const exists = await principalDirectory(call.services.database.sql, [principal.name])
  if (!exists(principal.name)) throw notPrincipal(principal)
}

/** @throws InvalidArnException for a grantee or retiring principal that is none. */
export async function checkPrincipals(call: Call, { grantee, retiring }: DraftGrant): Promise<void> {
  await checkPrincipal(call, grantee)
  if (retiring) await checkPrincipal(call, retiring)
}

/** @throws InvalidGrantIdException for what is no grant id. */
export function checkGrantId(id: string): void {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new KmsError('InvalidGrantIdException', `Invalid grant ID ${id}`)
}

/** Trust policies: written from what a form asks, and told in words. The policy grammar itself is lib/domain's. */
import { principalLabel } from '#lib/console/format.ts'
import { readPolicy } from '#lib/domain/policy-grammar.ts'

export type TrustChoice =
  | { readonly kind: 'principals'; readonly arns: readonly string[] }
  | {
      readonly kind: 'account'
      readonly account: string
      readonly partition: string
      readonly externalId: string
    }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'provider'; readonly arn: string; readonly audience: string; readonly subject: string }

const policy = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)

const oneOrAll = (values: readonly string[]) => (values.length === 1 ? values[0] : values)

/** `idp.example.com/tenant`, as condition keys of the provider begin. */
const providerHost = (arn: string) => arn.slice(arn.indexOf('oidc-provider/') + 'oidc-provider/'.length)

function statementOf(choice: TrustChoice): object {
  const allow = { Effect: 'Allow' }
  if (choice.kind === 'principals')
    return { ...allow, Principal: { AWS: oneOrAll(choice.arns) }, Action: 'sts:AssumeRole' }
  if (choice.kind === 'service')
    return { ...allow, Principal: { Service: choice.service }, Action: 'sts:AssumeRole' }
  if (choice.kind === 'account') {
    const AWS = `arn:${choice.partition}:iam::${choice.account}:root`
    const condition = choice.externalId !== '' && {
      Condition: { StringEquals: { 'sts:ExternalId': choice.externalId } },
    }
    return { ...allow, Principal: { AWS }, Action: 'sts:AssumeRole', ...condition }
  }
  const host = providerHost(choice.arn)
  const equals = {
    ...(choice.audience !== '' && { [`${host}:aud`]: choice.audience }),
    ...(choice.subject !== '' && { [`${host}:sub`]: choice.subject }),
  }
  return {
    ...allow,
    Principal: { Federated: choice.arn },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...(Object.keys(equals).length > 0 && { Condition: { StringEquals: equals } }),
  }
}

export const trustPolicy = (choice: TrustChoice): string => policy(statementOf(choice))

/** What of a form is missing, or undefined. */
export function trustFault(choice: TrustChoice): string | undefined {
  if (choice.kind === 'principals')
    return choice.arns.length === 0 ? 'Choose at least one user or role.' : undefined
  if (choice.kind === 'account')
    return /^\d{12}$/.test(choice.account) ? undefined : 'An account ID has 12 digits.'
  if (choice.kind === 'service')
    return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(choice.service)
      ? undefined
      : 'A service is named like ec2.amazonaws.com.'
  return choice.arn === '' ? 'Choose an identity provider.' : undefined
}

type Principals = Readonly<Record<string, unknown>>

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')

function namesOf(principal: unknown): string[] {
  if (principal === '*') return ['anybody']
  if (typeof principal !== 'object' || principal === null) return []
  // Whatever JSON has between braces.
  return Object.entries(principal as Principals).flatMap(([kind, value]) =>
    texts(value).map((name) => (kind === 'AWS' ? whoIs(name) : name.replace(/^.*oidc-provider\//, ''))),
  )
}

function whoIs(name: string): string {
  const [, , , , account = '', resource = ''] = name.split(':')
  if (name === '*') return 'anybody'
  if (/^\d{12}$/.test(name)) return `account ${name}`
  if (resource === 'root') return `account ${account}`
  return name.startsWith('arn:') ? principalLabel(name) : name
}

/** "user/alice, account 444455556666": who a trust policy lets assume the role; denials are left to its text. */
export function trustedBy(document: string): readonly string[] {
  if (!readPolicy(document, 'trust').readable) return []
  // It is JSON, or it would not be readable.
  const { Statement } = JSON.parse(document) as { Statement?: unknown }
  const statements = (Array.isArray(Statement) ? Statement : [Statement]).filter(
    (one): one is { Effect?: unknown; Principal?: unknown } => typeof one === 'object' && one !== null,
  )
  return [
    ...new Set(
      statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Principal }) => namesOf(Principal)),
    ),
  ]
}

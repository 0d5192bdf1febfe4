import { principalLabel } from '#lib/console/format.ts'
import type { GrantEntry } from '#lib/console/outputs.ts'
import type { GrantConstraints, GrantOperation } from '#lib/domain/grant.ts'

/** A grant of a list; the list of all grants also knows the names of the key, and who made it. */
export type ShownGrant = GrantEntry & {
  readonly KeyAliases?: readonly string[]
  readonly CreatedBy?: string
}

/** The first eight characters: what eyes compare. */
export const shortGrantId = (id: string) => id.slice(0, 8)

/** worker-1, or grant 05fa9b63. */
export const grantTitle = ({ Name, GrantId }: Pick<ShownGrant, 'Name' | 'GrantId'>) =>
  Name === '' ? `grant ${shortGrantId(GrantId)}` : Name

/** The id in a key's ARN. */
export const keyIdOf = ({ KeyId }: Pick<ShownGrant, 'KeyId'>) => KeyId.replace(/^.*:key\//, '')

/** The account in an ARN; nothing for a service. */
export const accountIn = (principal: string): string | undefined =>
  principal.startsWith('arn:') ? principal.split(':')[4] : undefined

/** user/alice; another account's with its account; a service by its name. */
export function principalWords(principal: string, own: string): string {
  const account = accountIn(principal)
  const label = principalLabel(principal)
  return account === undefined || account === own ? label : `${label} of ${account}`
}

export const granteeOf = (grant: ShownGrant) => grant.GranteePrincipal ?? grant.GranteeServicePrincipal ?? ''
export const retiringOf = (grant: ShownGrant) => grant.RetiringPrincipal ?? grant.RetiringServicePrincipal

const pairWords = (pairs: Readonly<Record<string, string>>) =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')

/** What must hold of a request: "includes tenant=acme". Nothing when nothing must. */
export function constraintWords(constraints: GrantConstraints | undefined): string | undefined {
  const {
    EncryptionContextEquals: equals,
    EncryptionContextSubset: subset,
    SourceArn: source,
  } = constraints ?? {}
  const parts = [
    equals && `context is ${pairWords(equals)}`,
    subset && `context includes ${pairWords(subset)}`,
    source !== undefined && `for ${source}`,
  ].filter((part) => typeof part === 'string')
  return parts.length === 0 ? undefined : parts.join(' · ')
}

const listWords = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** "user/bob will be able to Decrypt on alias/payments when the context includes tenant=acme." */
export function grantSentence(grant: {
  readonly grantee: string
  readonly key: string
  readonly operations: readonly GrantOperation[]
  readonly constraints: GrantConstraints | undefined
}): string {
  const { grantee, key, operations, constraints } = grant
  const {
    EncryptionContextEquals: equals,
    EncryptionContextSubset: subset,
    SourceArn: source,
  } = constraints ?? {}
  const when = equals
    ? ` when the encryption context is exactly ${pairWords(equals)}`
    : subset
      ? ` when the encryption context includes ${pairWords(subset)}`
      : ''
  const acting = source === undefined ? '' : `, acting for ${source},`
  return `${grantee}${acting} will be able to ${listWords(operations)} on ${key}${when}.`
}

/** Whether the grant names this principal as one that may retire it. A policy may allow others. */
export function mayRetire(grant: ShownGrant, self: string): boolean {
  return (
    grant.RetiringPrincipal === self ||
    grant.IssuingAccount === self ||
    (grant.GranteePrincipal === self && grant.Operations.includes('RetireGrant'))
  )
}

/** The first pages of the lists, asked with the same words by server and browser. */
import type { InputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import { principalArn } from './principal-arn.ts'

export const PAGE = 50

export const listInput = (
  reference: string,
  { grantee, grant }: { readonly grantee: string; readonly grant: string },
  scope: Scope,
): InputOf<'ListGrants'> => ({
  KeyId: reference,
  Limit: PAGE,
  ...(grantee !== '' && { GranteePrincipal: principalArn(grantee, scope) }),
  ...(grant !== '' && { GrantId: grant }),
})

export const grantSearchInput = (filter: string): InputOf<'SearchGrants'> => ({
  ...(filter !== '' && { Filter: filter }),
  Limit: PAGE,
})

export const retirableInput = (self: string): InputOf<'ListRetirableGrants'> => ({
  RetiringPrincipal: self,
  Limit: PAGE,
})

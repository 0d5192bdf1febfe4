/** What tagging a user and tagging a role have in common, once it is permitted. */
import type { Call } from '#lib/engine/call.ts'
import { putPrincipalTags, removePrincipalTags } from '#lib/store/principal-tags.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { checkReserved, checkTags, type IamTag, iamTagsOf, type TagRow, tagRows } from './principal-tags.ts'

type Tagged = { readonly id: string; readonly tags: readonly TagRow[] }

/** `tagsPer` is how IAM names the quota. @throws InvalidInput, LimitExceeded */
export function tagPrincipal(call: Call, to: Tagged, tags: readonly IamTag[], tagsPer: string) {
  checkTags(tags, to.tags, tagsPer)
  return changeIdentity(call, {
    rows: (rows) => putPrincipalTags(rows, to.id, tagRows(tags)),
    output: undefined,
  })
}

/** @throws InvalidInput for keys that belong to AWS. */
export function untagPrincipal(call: Call, { id }: Tagged, keys: readonly string[]) {
  checkReserved(keys)
  return changeIdentity(call, { rows: (rows) => removePrincipalTags(rows, id, keys), output: undefined })
}

type Page = Parameters<typeof pageOf>[1]['page']

/** A page of the tags of a user, role or policy. */
export function tagPage(call: Call, { id, tags }: Tagged, page: Page) {
  const { rows, more } = pageOf(call, { all: tags, by: ({ key }) => key, page, scope: id })
  return { Tags: iamTagsOf(rows), ...more }
}

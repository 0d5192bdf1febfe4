/** The identity provider that an operation names, and IAM's operations on its tags. */
import {
  ListOpenIDConnectProviderTagsInput,
  TagOpenIDConnectProviderInput,
  UntagOpenIDConnectProviderInput,
} from '#lib/domain/operations/identity-providers.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { changeProvider, type IdentityProviderRow, readProvider } from '#lib/store/identity-providers.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import {
  checkReserved,
  checkTags,
  type IamTag,
  iamTagsOf,
  loggedIamTags,
  requestTagValues,
  resourceTagValues,
  type TagRow,
} from './principal-tags.ts'
import { issuerNamed } from './provider-names.ts'

/** As rows keep them. */
export const tagsByKey = (tags: readonly IamTag[]): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))

/** By key. */
export const providerTagRows = ({ tags }: Pick<IdentityProviderRow, 'tags'>): TagRow[] =>
  Object.entries(tags)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))

/**
 * The provider that an ARN names, if the caller may do this to it.
 * @throws InvalidInput for what is no such ARN, NoSuchEntity
 */
export async function permittedProvider(
  call: Call,
  arn: string,
  conditions: ConditionValues = {},
): Promise<IdentityProviderRow> {
  const url = issuerNamed(arn, call.place)
  const found = await readProvider(call.services.database.sql, call.account, url)
  const tags = found && providerTagRows(found)
  await call.permit({ resource: arn, conditions: { ...resourceTagValues(tags), ...conditions } })
  if (!found) throw new KmsError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`)
  return found
}

const retagged = (call: Call, provider: IdentityProviderRow, tags: Record<string, string>) =>
  changeIdentity(call, {
    rows: (transaction) => changeProvider(transaction, provider, { tags }),
    output: undefined,
  })

export const TagOpenIDConnectProvider = operation({
  name: 'TagOpenIDConnectProvider',
  service: 'IAM',
  action: 'iam:TagOpenIDConnectProvider',
  class: 'admin',
  input: TagOpenIDConnectProviderInput,
  logged: {
    request: (input) => ({
      openIDConnectProviderArn: input.OpenIDConnectProviderArn,
      tags: loggedIamTags(input.Tags),
    }),
  },
  async run(call, { OpenIDConnectProviderArn, Tags }) {
    const provider = await permittedProvider(call, OpenIDConnectProviderArn, requestTagValues(Tags))
    checkTags(Tags, providerTagRows(provider), 'TagsPerOpenIdConnectProvider')
    const given = new Set(Tags.map(({ Key }) => Key.toLowerCase()))
    const kept = providerTagRows(provider).filter(({ key }) => !given.has(key.toLowerCase()))
    return retagged(call, provider, tagsByKey([...iamTagsOf(kept), ...Tags]))
  },
})

export const UntagOpenIDConnectProvider = operation({
  name: 'UntagOpenIDConnectProvider',
  service: 'IAM',
  action: 'iam:UntagOpenIDConnectProvider',
  class: 'admin',
  input: UntagOpenIDConnectProviderInput,
  logged: { request: members('OpenIDConnectProviderArn', 'TagKeys') },
  async run(call, { OpenIDConnectProviderArn, TagKeys }) {
    const provider = await permittedProvider(call, OpenIDConnectProviderArn, { 'aws:TagKeys': TagKeys })
    checkReserved(TagKeys)
    const kept = iamTagsOf(providerTagRows(provider)).filter(({ Key }) => !TagKeys.includes(Key))
    return retagged(call, provider, tagsByKey(kept))
  },
})

export const ListOpenIDConnectProviderTags = operation({
  name: 'ListOpenIDConnectProviderTags',
  service: 'IAM',
  action: 'iam:ListOpenIDConnectProviderTags',
  class: 'read',
  input: ListOpenIDConnectProviderTagsInput,
  logged: { request: members('OpenIDConnectProviderArn', 'MaxItems', 'Marker') },
  async run(call, input) {
    const provider = await permittedProvider(call, input.OpenIDConnectProviderArn)
    const page = { all: providerTagRows(provider), by: ({ key }: TagRow) => key, page: input }
    const { rows, more } = pageOf(call, { ...page, scope: provider.url })
    return { Tags: iamTagsOf(rows), ...more }
  },
})

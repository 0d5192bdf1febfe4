/** IAM's operations on identity providers: whose web identity tokens roles of the account may trust. */

import {
  CreateOpenIDConnectProviderInput,
  OpenIDConnectProviderClientInput,
  OpenIDConnectProviderInput,
  PutIdentityProviderKeysInput,
  UpdateOpenIDConnectProviderThumbprintInput,
} from '#lib/domain/operations/identity-providers.ts'
import { noInput } from '#lib/domain/operations/members.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { readKeySet } from '#lib/engine/issuer-keys.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  addProvider,
  changeProvider,
  deleteProvider,
  type IdentityProviderRow,
  listProviders,
  readProvider,
} from '#lib/store/identity-providers.ts'
import { changeIdentity } from './identity-change.ts'
import { checkTags, iamTagsOf, loggedIamTags, requestTagValues } from './principal-tags.ts'
import { issuerOf, issuerUrl, providerArn } from './provider-names.ts'
import { permittedProvider, providerTagRows, tagsByKey } from './provider-tags.ts'

const MOST_CLIENTS = 100

type Change = Parameters<typeof changeProvider>[2]

const changed = (call: Call, provider: IdentityProviderRow, change: Change) =>
  changeIdentity(call, {
    rows: (transaction) => changeProvider(transaction, provider, change),
    output: undefined,
  })

const named = {
  request: (input: { OpenIDConnectProviderArn: string }) => ({
    openIDConnectProviderArn: input.OpenIDConnectProviderArn,
  }),
}
const withClient = {
  request: (input: { OpenIDConnectProviderArn: string; ClientID: string }) => ({
    ...named.request(input),
    clientID: input.ClientID,
  }),
}

export const CreateOpenIDConnectProvider = operation({
  name: 'CreateOpenIDConnectProvider',
  service: 'IAM',
  action: 'iam:CreateOpenIDConnectProvider',
  input: CreateOpenIDConnectProviderInput,
  class: 'admin',
  logged: {
    request: (input) => ({
      url: input.Url,
      clientIDList: input.ClientIDList,
      thumbprintList: input.ThumbprintList,
      ...(input.Tags && { tags: loggedIamTags(input.Tags) }),
    }),
    response: (output: { OpenIDConnectProviderArn: string }) => ({
      openIDConnectProviderArn: output.OpenIDConnectProviderArn,
    }),
  },
  async run(call, input): Promise<{ OpenIDConnectProviderArn: string }> {
    const { ClientIDList: clientIds = [], ThumbprintList: thumbprints = [], Tags = [] } = input
    const url = issuerOf(input.Url)
    const arn = providerArn(call.place, url)
    const asked = { resource: arn, conditions: requestTagValues(Tags) }
    await call.permit(asked)
    if (Tags.length > 0) await call.permit({ ...asked, action: 'iam:TagOpenIDConnectProvider' })
    checkTags(Tags, [], 'TagsPerOpenIdConnectProvider')
    if (await readProvider(call.services.database.sql, call.account, url))
      throw new KmsError('EntityAlreadyExists', `Provider with url ${issuerUrl(url)} already exists.`)
    const row = { url, clientIds: [...new Set(clientIds)], thumbprints, tags: tagsByKey(Tags) }
    return changeIdentity(call, {
      rows: (transaction) => addProvider(transaction, { account: call.account, ...row }),
      output: { OpenIDConnectProviderArn: arn },
    })
  },
})

export const GetOpenIDConnectProvider = operation({
  name: 'GetOpenIDConnectProvider',
  service: 'IAM',
  action: 'iam:GetOpenIDConnectProvider',
  input: OpenIDConnectProviderInput,
  class: 'read',
  logged: named,
  async run(call, input) {
    const provider = await permittedProvider(call, input.OpenIDConnectProviderArn)
    return {
      Url: provider.url,
      ClientIDList: provider.clientIds,
      ThumbprintList: provider.thumbprints,
      CreateDate: provider.createdAt,
      Tags: iamTagsOf(providerTagRows(provider)),
    }
  },
})

export const ListOpenIDConnectProviders = operation({
  name: 'ListOpenIDConnectProviders',
  service: 'IAM',
  action: 'iam:ListOpenIDConnectProviders',
  input: noInput(),
  class: 'read',
  logged: { request: () => null },
  async run(call) {
    await call.permit()
    const found = await listProviders(call.services.database.sql, call.account)
    return { OpenIDConnectProviderList: found.map(({ url }) => ({ Arn: providerArn(call.place, url) })) }
  },
})

export const DeleteOpenIDConnectProvider = operation({
  name: 'DeleteOpenIDConnectProvider',
  service: 'IAM',
  action: 'iam:DeleteOpenIDConnectProvider',
  input: OpenIDConnectProviderInput,
  class: 'admin',
  logged: named,
  async run(call, input) {
    const { url } = await permittedProvider(call, input.OpenIDConnectProviderArn)
    return changeIdentity(call, {
      rows: (transaction) => deleteProvider(transaction, call.account, url),
      output: undefined,
    })
  },
})

export const AddClientIDToOpenIDConnectProvider = operation({
  name: 'AddClientIDToOpenIDConnectProvider',
  service: 'IAM',
  action: 'iam:AddClientIDToOpenIDConnectProvider',
  input: OpenIDConnectProviderClientInput,
  class: 'admin',
  logged: withClient,
  async run(call, input) {
    const provider = await permittedProvider(call, input.OpenIDConnectProviderArn)
    // Adding what is there does nothing, and is no fault.
    const clientIds = [...new Set([...provider.clientIds, input.ClientID])]
    if (clientIds.length > MOST_CLIENTS)
      throw new KmsError(
        'LimitExceeded',
        `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MOST_CLIENTS}`,
      )
    return changed(call, provider, { clientIds })
  },
})

export const RemoveClientIDFromOpenIDConnectProvider = operation({
  name: 'RemoveClientIDFromOpenIDConnectProvider',
  service: 'IAM',
  action: 'iam:RemoveClientIDFromOpenIDConnectProvider',
  input: OpenIDConnectProviderClientInput,
  class: 'admin',
  logged: withClient,
  async run(call, input) {
    const provider = await permittedProvider(call, input.OpenIDConnectProviderArn)
    return changed(call, provider, { clientIds: provider.clientIds.filter((id) => id !== input.ClientID) })
  },
})

export const UpdateOpenIDConnectProviderThumbprint = operation({
  name: 'UpdateOpenIDConnectProviderThumbprint',
  service: 'IAM',
  action: 'iam:UpdateOpenIDConnectProviderThumbprint',
  input: UpdateOpenIDConnectProviderThumbprintInput,
  class: 'admin',
  logged: { request: (input) => ({ ...named.request(input), thumbprintList: input.ThumbprintList }) },
  async run(call, input) {
    const provider = await permittedProvider(call, input.OpenIDConnectProviderArn)
    return changed(call, provider, { thumbprints: input.ThumbprintList })
  },
})

/** For issuers that the engine cannot or must not reach: their keys, by hand. Keyhouse's own; AWS always fetches. */
export const PutIdentityProviderKeys = operation({
  name: 'PutIdentityProviderKeys',
  service: 'Keyhouse',
  action: 'keyhouse:PutIdentityProviderKeys',
  input: PutIdentityProviderKeysInput,
  class: 'admin',
  logged: { request: (input) => ({ url: input.Url }) },
  async run(call, input) {
    const arn = providerArn(call.place, issuerOf(input.Url))
    const provider = await permittedProvider(call, arn)
    if (!readKeySet(input.Jwks))
      throw new KmsError('ValidationException', 'Jwks must be a JSON Web Key Set of public keys.')
    await changed(call, provider, { jwks: input.Jwks })
    return {}
  },
})

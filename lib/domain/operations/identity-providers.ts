/** Inputs of IAM's operations on identity providers, and of Keyhouse's own for their keys. */
import { structure, text } from '../constraints.ts'
import { iamTags, page, tagKeys } from './iam-members.ts'
import { queryList } from './members.ts'

const url = () => text({ min: 1, max: 255 })
const providerArn = () => text({ min: 20, max: 2048 })
const clientId = () => text({ min: 1, max: 255 })
const thumbprints = () => queryList(text({ min: 40, max: 40 }), { max: 5 })

export const CreateOpenIDConnectProviderInput = structure({
  Url: url(),
  ClientIDList: queryList(clientId(), { max: 100 }).optional(),
  ThumbprintList: thumbprints().optional(),
  Tags: iamTags().optional(),
})

export const OpenIDConnectProviderInput = structure({ OpenIDConnectProviderArn: providerArn() })

export const OpenIDConnectProviderClientInput = structure({
  OpenIDConnectProviderArn: providerArn(),
  ClientID: clientId(),
})

export const UpdateOpenIDConnectProviderThumbprintInput = structure({
  OpenIDConnectProviderArn: providerArn(),
  ThumbprintList: thumbprints(),
})

export const TagOpenIDConnectProviderInput = structure({
  OpenIDConnectProviderArn: providerArn(),
  Tags: iamTags(),
})
export const UntagOpenIDConnectProviderInput = structure({
  OpenIDConnectProviderArn: providerArn(),
  TagKeys: tagKeys(),
})
export const ListOpenIDConnectProviderTagsInput = structure({
  OpenIDConnectProviderArn: providerArn(),
  ...page(),
})

export const PutIdentityProviderKeysInput = structure({
  Url: url(),
  /** A JSON Web Key Set. */
  Jwks: text({ min: 2, max: 65_536 }),
})

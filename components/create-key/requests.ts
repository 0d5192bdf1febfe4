/** The calls that Create key makes, in their order. What code shows is what is sent. */
import { type CodeRequest, CREATED_KEY } from '#lib/console/snippets.ts'
import { aliasName, type Draft, givenTags } from './draft.ts'
import { type Owner, policyOf } from './policy-people.ts'

/** CreateKey's input: members that AWS would default to anyway are left out. */
export function createKeyInput(draft: Draft, owner: Owner) {
  const tags = givenTags(draft).map(({ key, value }) => ({ TagKey: key, TagValue: value }))
  const { keySpec, keyUsage, origin, multiRegion } = draft
  return {
    ...(keySpec !== 'SYMMETRIC_DEFAULT' && { KeySpec: keySpec, KeyUsage: keyUsage }),
    ...(origin !== 'AWS_KMS' && { Origin: origin }),
    ...(multiRegion && { MultiRegion: true }),
    Policy: policyOf(draft, owner),
    ...(draft.description !== '' && { Description: draft.description }),
    ...(tags.length > 0 && { Tags: tags }),
  }
}

export const creationRequests = (draft: Draft, owner: Owner): CodeRequest[] => [
  { name: 'CreateKey', input: createKeyInput(draft, owner) },
  { name: 'CreateAlias', input: { AliasName: aliasName(draft), TargetKeyId: CREATED_KEY } },
]

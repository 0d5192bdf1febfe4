/** Tags of users: what aws:PrincipalTag sees of them, from the next call on. */
import { ListOfUserInput, TagUserInput, UntagUserInput } from '#lib/domain/operations/iam-users.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { permittedUser } from './permitted-user.ts'
import { loggedIamTags, requestTagValues } from './principal-tags.ts'
import { tagPage, tagPrincipal, untagPrincipal } from './tagging.ts'

export const TagUser = operation({
  name: 'TagUser',
  service: 'IAM',
  action: 'iam:TagUser',
  class: 'admin',
  input: TagUserInput,
  logged: { request: (input) => ({ userName: input.UserName, tags: loggedIamTags(input.Tags) }) },
  async run(call, { UserName, Tags }) {
    const user = await permittedUser(call, UserName, requestTagValues(Tags))
    return tagPrincipal(call, user, Tags, 'TagsPerUser')
  },
})

export const UntagUser = operation({
  name: 'UntagUser',
  service: 'IAM',
  action: 'iam:UntagUser',
  class: 'admin',
  input: UntagUserInput,
  logged: { request: members('UserName', 'TagKeys') },
  async run(call, { UserName, TagKeys }) {
    const user = await permittedUser(call, UserName, { 'aws:TagKeys': TagKeys })
    return untagPrincipal(call, user, TagKeys)
  },
})

export const ListUserTags = operation({
  name: 'ListUserTags',
  service: 'IAM',
  action: 'iam:ListUserTags',
  class: 'read',
  input: ListOfUserInput,
  logged: { request: members('UserName', 'MaxItems', 'Marker') },
  async run(call, input) {
    return tagPage(call, await permittedUser(call, input.UserName), input)
  },
})

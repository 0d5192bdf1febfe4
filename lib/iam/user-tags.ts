/** Tags of users: what aws:PrincipalTag sees of them, from the next call on. */
import { ListOfUserInput, TagUserInput, UntagUserInput } from '#lib/domain/operations/iam-users.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { putPrincipalTags, removePrincipalTags } from '#lib/store/principal-tags.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { permittedUser } from './permitted-user.ts'
import {
  checkReserved,
  checkTags,
  iamTagsOf,
  loggedIamTags,
  requestTagValues,
  tagRows,
} from './principal-tags.ts'

export const TagUser = operation({
  name: 'TagUser',
  service: 'IAM',
  action: 'iam:TagUser',
  class: 'admin',
  input: TagUserInput,
  logged: { request: (input) => ({ userName: input.UserName, tags: loggedIamTags(input.Tags) }) },
  async run(call, { UserName, Tags }) {
    const user = await permittedUser(call, UserName, requestTagValues(Tags))
    checkTags(Tags, user.tags, 'TagsPerUser')
    return changeIdentity(call, {
      rows: (rows) => putPrincipalTags(rows, user.id, tagRows(Tags)),
      output: undefined,
    })
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
    checkReserved(TagKeys)
    return changeIdentity(call, {
      rows: (rows) => removePrincipalTags(rows, user.id, TagKeys),
      output: undefined,
    })
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
    const user = await permittedUser(call, input.UserName)
    const { rows, more } = pageOf(call, { all: user.tags, by: ({ key }) => key, page: input, scope: user.id })
    return { Tags: iamTagsOf(rows), ...more }
  },
})

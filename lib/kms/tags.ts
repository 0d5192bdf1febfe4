/** Tags of keys. */
import { ListResourceTagsInput, TagResourceInput, UntagResourceInput } from '#lib/domain/operations/tags.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { loggedTags, members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { deleteTags, putTags } from '#lib/store/tags.ts'
import { pageOfList } from './paging.ts'
import { checkTags, MOST_TAGS, tagConditions } from './tag-rules.ts'

export const TagResource = operation({
  name: 'TagResource',
  service: 'KMS',
  action: 'kms:TagResource',
  class: 'admin',
  input: TagResourceInput,
  logged: { request: (input) => ({ keyId: input.KeyId, tags: loggedTags(input.Tags) }) },
  async run(call, input) {
    const conditions = tagConditions(input.Tags)
    const key = await call.key(input.KeyId, 'kms:TagResource', { deed: 'describe', conditions })
    checkTags(input.Tags)
    const after = new Set([...key.row.tags.map((tag) => tag.key), ...input.Tags.map((tag) => tag.TagKey)])
    if (after.size > MOST_TAGS) throw new KmsError('LimitExceededException', 'Too many tags')
    const tags = input.Tags.map((tag) => ({ key: tag.TagKey, value: tag.TagValue }))
    return call.change({ keys: [{ key }], rows: (rows) => putTags(rows, key.row, tags), output: undefined })
  },
})

export const UntagResource = operation({
  name: 'UntagResource',
  service: 'KMS',
  action: 'kms:UntagResource',
  class: 'admin',
  input: UntagResourceInput,
  logged: { request: members('KeyId', 'TagKeys') },
  async run(call, input) {
    const conditions = tagConditions(input.TagKeys.map((TagKey) => ({ TagKey })))
    const key = await call.key(input.KeyId, 'kms:UntagResource', { deed: 'describe', conditions })
    if (input.TagKeys.some((tagKey) => tagKey.toLowerCase().startsWith('aws:'))) {
      throw new KmsError('TagException', 'Tags beginning with aws: are reserved')
    }
    return call.change({
      keys: [{ key }],
      rows: (rows) => deleteTags(rows, key.row, input.TagKeys),
      output: undefined,
    })
  },
})

export const ListResourceTags = operation({
  name: 'ListResourceTags',
  service: 'KMS',
  action: 'kms:ListResourceTags',
  class: 'read',
  input: ListResourceTagsInput,
  logged: { request: members('KeyId', 'Limit', 'Marker') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:ListResourceTags', { deed: 'read' })
    const all = key.row.tags.map((tag) => ({ TagKey: tag.key, TagValue: tag.value }))
    const { rows, more } = pageOfList(call, {
      all,
      limit: input.Limit ?? 50,
      marker: input.Marker,
      scope: key.row.id,
    })
    return { Tags: rows, ...more }
  },
})

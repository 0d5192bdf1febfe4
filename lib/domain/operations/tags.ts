/** Inputs of the tag operations. */
import { list, structure, text } from '../constraints.ts'
import { keyId, limit, marker, tags } from './members.ts'

export const TagResourceInput = structure({ KeyId: keyId(), Tags: tags() })
export const UntagResourceInput = structure({ KeyId: keyId(), TagKeys: list(text({ min: 1, max: 128 })) })
export const ListResourceTagsInput = structure({ KeyId: keyId(), Limit: limit(50), Marker: marker() })

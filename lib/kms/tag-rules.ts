/** What tags may be (facts §15), in AWS's words. */
import { KmsError } from '#lib/domain/refusal.ts'

export type Tag = { readonly TagKey: string; readonly TagValue: string }

export const MOST_TAGS = 50
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** @throws TagException for reserved or malformed keys, odd characters, or a key given twice. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map((tag) => tag.TagKey)
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw new KmsError('TagException', 'Tags beginning with aws: are reserved')
  }
  if (new Set(keys).size !== keys.length) throw new KmsError('TagException', 'Duplicate tag keys')
  if (!tags.every((tag) => CHARACTERS.test(tag.TagKey) && CHARACTERS.test(tag.TagValue))) {
    throw new KmsError('TagException', 'Invalid tag')
  }
}

/** aws:RequestTag/<key> and aws:TagKeys of a request that sets or removes tags. */
export function tagConditions(tags: readonly { readonly TagKey: string; readonly TagValue?: string }[]) {
  if (tags.length === 0) return {}
  const pairs = tags
    .filter((tag) => tag.TagValue !== undefined)
    .map((tag) => [`aws:RequestTag/${tag.TagKey}`, tag.TagValue])
  return { 'aws:TagKeys': tags.map((tag) => tag.TagKey), ...Object.fromEntries(pairs) }
}

/** Tags of users, roles and policies: what they may be, and the condition values that they are. */
import { KmsError } from '#lib/domain/refusal.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'

/** As requests and answers have them. */
export type IamTag = { readonly Key: string; readonly Value: string }
/** As rows have them. */
export type TagRow = { readonly key: string; readonly value: string }

const MOST_TAGS = 50

/** `tagsPer` is how IAM names the quota: TagsPerUser. @throws InvalidInput, LimitExceeded */
export function checkTags(given: readonly IamTag[], present: readonly TagRow[], tagsPer: string): void {
  const keys = given.map(({ Key }) => Key.toLowerCase())
  if (new Set(keys).size !== keys.length) {
    throw new KmsError(
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    )
  }
  checkReserved(keys)
  const after = new Set([...present.map(({ key }) => key.toLowerCase()), ...keys])
  if (after.size > MOST_TAGS)
    throw new KmsError(
      'LimitExceeded',
      `The number of tags has reached the maximum limit: ${tagsPer} ${MOST_TAGS}.`,
    )
}

/** @throws InvalidInput for keys that belong to AWS. */
export function checkReserved(keys: readonly string[]): void {
  if (keys.some((key) => key.toLowerCase().startsWith('aws:')))
    throw new KmsError('InvalidInput', 'Tag keys with the prefix aws: are reserved.')
}

export const tagRows = (tags: readonly IamTag[] | undefined): TagRow[] =>
  (tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }))

export const iamTagsOf = (rows: readonly TagRow[]): IamTag[] =>
  rows.map(({ key, value }) => ({ Key: key, Value: value }))

/** aws:RequestTag/<key> and aws:TagKeys of a request that sets tags. */
export function requestTagValues(tags: readonly IamTag[] | undefined): ConditionValues {
  if (!tags || tags.length === 0) return {}
  return {
    'aws:TagKeys': tags.map(({ Key }) => Key),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  }
}

/** Both spellings of the tags of what is touched. */
export const resourceTagValues = (rows: readonly TagRow[] | undefined): ConditionValues =>
  Object.fromEntries(
    (rows ?? []).flatMap(({ key, value }) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  )

/** Tags as CloudTrail shows them. */
export const loggedIamTags = (tags: readonly IamTag[] | undefined) =>
  tags?.map(({ Key, Value }) => ({ key: Key, value: Value }))

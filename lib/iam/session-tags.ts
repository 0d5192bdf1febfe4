/** Tags of a session: those that were passed, and those that the caller's own session hands on (facts §18.2). */
import { KmsError } from '#lib/domain/refusal.ts'
import type { Identity } from '#lib/engine/identities.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'

type Given = {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined
  readonly TransitiveTagKeys?: readonly string[] | undefined
}

export type SessionTags = {
  readonly tags: Readonly<Record<string, string>>
  /** Names of those that the next role in a chain has too. */
  readonly transitive: readonly string[]
  readonly conditions: ConditionValues
}

const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const invalid = (message: string) => new KmsError('ValidationException', message)
const lower = (text: string) => text.toLowerCase()

function checkTags(tags: NonNullable<Given['Tags']>): void {
  const keys = tags.map(({ Key }) => lower(Key))
  if (keys.some((key) => key.startsWith('aws:')))
    throw invalid('The tag key prefix aws: is reserved and cannot be used.')
  if (new Set(keys).size !== keys.length)
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  if (!tags.every(({ Key, Value }) => CHARACTERS.test(Key) && CHARACTERS.test(Value)))
    throw invalid('A tag holds characters that are not allowed.')
}

/** What the caller's session hands on, whether the caller likes it or not. */
function inherited({ session, tags }: Identity): Record<string, string> {
  const names = session?.transitiveTags ?? []
  return Object.fromEntries(names.map((name) => [name, tags[name] ?? '']))
}

/** @throws ValidationException */
export function sessionTags(identity: Identity, { Tags = [], TransitiveTagKeys = [] }: Given): SessionTags {
  checkTags(Tags)
  const handed = inherited(identity)
  const fixed = new Set(Object.keys(handed).map(lower))
  if (Tags.some(({ Key }) => fixed.has(lower(Key)))) {
    throw invalid(
      'One of the specified transitive tag keys can’t be set because it conflicts with a transitive tag key from the calling session.',
    )
  }
  const passed = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
  if (TransitiveTagKeys.some((key) => !Object.hasOwn(passed, key)))
    throw invalid('The specified transitive tag key must be included in the requested tags.')
  const tags = { ...handed, ...passed }
  const transitive = [...Object.keys(handed), ...new Set(TransitiveTagKeys)]
  return { tags, transitive, conditions: conditionsOf(tags, transitive) }
}

function conditionsOf(
  tags: Readonly<Record<string, string>>,
  transitive: readonly string[],
): ConditionValues {
  const keys = Object.keys(tags)
  return {
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...(keys.length > 0 && { 'aws:TagKeys': keys }),
    ...(transitive.length > 0 && { 'sts:TransitiveTagKeys': transitive }),
  }
}

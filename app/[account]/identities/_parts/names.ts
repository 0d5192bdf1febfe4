/** What IAM takes as names, paths and tags, said before the engine is asked (facts 18.3). */
const NAME = /^[\w+=,.@-]+$/
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** What is wrong with a new name; `what` is "user", "role". */
export function nameFault(name: string, what: string, most = 64): string | undefined {
  if (name === '') return `Give the ${what} a name.`
  if (!NAME.test(name)) return 'Use letters, digits and + = , . @ _ -'
  return name.length > most ? `A name has at most ${most} characters.` : undefined
}

export const pathFault = (path: string): string | undefined =>
  path === '' || path === '/' || /^\/[!-~]+\/$/.test(path)
    ? undefined
    : 'A path begins and ends with /, as /teams/payments/.'

export type TagDraft = { readonly Key: string; readonly Value: string }

export function tagsFault(tags: readonly TagDraft[]): string | undefined {
  const keys = tags.map(({ Key }) => Key.toLowerCase())
  if (keys.includes('')) return 'Give every tag a key, or remove it.'
  if (keys.some((key) => key.startsWith('aws:'))) return 'Tags beginning with aws: are reserved.'
  if (new Set(keys).size !== keys.length) return 'Two tags have the same key; case makes no difference.'
  if (!tags.every(({ Key, Value }) => TAG.test(Key) && TAG.test(Value)))
    return 'Use letters, digits, spaces and _ . : / = + - @ in tags.'
  return undefined
}

/** An access key older than this should be replaced (console 3.15). */
export const OLD_KEY_DAYS = 90
export const daysSince = (seconds: number, now: Date): number =>
  Math.floor((now.getTime() / 1000 - seconds) / 86_400)

/** Rules of tags (facts §2.7, API_Tag), told at the row that breaks them. */

export const MOST_TAGS = 50
const KEY_LONGEST = 128
const VALUE_LONGEST = 256
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

type Tag = { readonly key: string; readonly value: string }
export type TagFault = { readonly at: 'key' | 'value'; readonly message: string }

function faultOf(tag: Tag, earlier: readonly Tag[]): TagFault | undefined {
  const { key, value } = tag
  if (key === '' && value === '') return undefined
  if (key === '') return { at: 'key', message: 'Enter a key for this value, or remove the tag.' }
  if (key.length > KEY_LONGEST)
    return { at: 'key', message: `The key has ${key.length} characters; ${KEY_LONGEST} is the most.` }
  if (key.toLowerCase().startsWith('aws:'))
    return { at: 'key', message: 'Keys that begin with aws: are reserved.' }
  if (earlier.some((other) => other.key === key))
    return { at: 'key', message: `Another tag has the key “${key}”. Each key stands once.` }
  if (!CHARACTERS.test(key)) return { at: 'key', message: 'Use letters, digits, spaces and _ . : / = + - @.' }
  if (value.length > VALUE_LONGEST)
    return { at: 'value', message: `The value has ${value.length} characters; ${VALUE_LONGEST} is the most.` }
  if (!CHARACTERS.test(value))
    return { at: 'value', message: 'Use letters, digits, spaces and _ . : / = + - @.' }
  return undefined
}

/** One entry a tag, in their order; undefined where nothing is wrong. */
export const tagFaults = (tags: readonly Tag[]): (TagFault | undefined)[] =>
  tags.map((tag, index) => faultOf(tag, tags.slice(0, index)))

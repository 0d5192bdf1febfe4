/** Members that operations of IAM share, with the limits of its model and its words for characters (facts §18.3). */
import { structure, text } from '../constraints.ts'
import { queryList, queryNumber } from './members.ts'

const CHARACTERS =
  'The specified value for {} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-'

/** Letters and digits of ASCII only, so that no two names look alike. */
const name = (max: number) => text({ min: 1, max, pattern: String.raw`[\w+=,.@-]+`, said: CHARACTERS })

/** The name of a user or role that is made. */
export const newPrincipalName = () => name(64)
/** The name of one there may be. */
export const principalName = () => name(128)
export const groupName = () => name(128)
/** Of inline and of managed policies. */
export const iamPolicyName = () => name(128)
export const policyArn = () => text({ min: 20, max: 2048 })
export const policyDocument = () =>
  text({ min: 1, max: 131072, pattern: String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+` })

export const path = () =>
  text({
    min: 1,
    max: 512,
    pattern: String.raw`(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`,
    said:
      'The specified value for {} is invalid. It must begin and end with / and contain only alphanumeric ' +
      'characters and/or / characters.',
  })
export const pathPrefix = () =>
  text({ min: 1, max: 512, pattern: String.raw`\u002F[\u0021-\u007F]*` }).optional()

const TAG_CHARACTERS = String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]`
const tagKey = () => text({ min: 1, max: 128, pattern: `${TAG_CHARACTERS}+` })
const tagValue = () => text({ max: 256, pattern: `${TAG_CHARACTERS}*` })
export const iamTags = () => queryList(structure({ Key: tagKey(), Value: tagValue() }), { max: 50 })
export const tagKeys = () => queryList(tagKey(), { max: 50 })

/** Where a page begins and how long it is: part of every list. */
export const page = () => ({
  Marker: text({ min: 1, max: 2048, pattern: String.raw`[\u0020-\u00FF]+` }).optional(),
  MaxItems: queryNumber(1, 1000).optional(),
})

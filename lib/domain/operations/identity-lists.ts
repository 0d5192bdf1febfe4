/** Inputs of what Keyhouse tells of an account's users beyond IAM's own lists (service Keyhouse). */
import { structure, text } from '../constraints.ts'
import { page } from './iam-members.ts'

/** `Words` are part of a user's name or of the id of an access key. */
export const ListCredentialsInput = structure({ Words: text({ max: 128 }).optional(), ...page() })
export const ListNamingsInput = structure({ PrincipalArn: text({ min: 1, max: 2048 }) })

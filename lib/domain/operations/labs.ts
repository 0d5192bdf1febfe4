/** Inputs of the labs: who of the sample account acts, and what the log has of a lab so far. */
import { structure, text, timestamp } from '../constraints.ts'
import { aliasName } from './members.ts'

/** By the name that the sample gave them. */
export const UseLabInput = structure({ Name: text({ min: 1, max: 64 }) })

export const LabProgressInput = structure({ AliasName: aliasName(), Since: timestamp() })

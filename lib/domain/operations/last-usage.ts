/** Input of GetKeyLastUsage. */
import { structure } from '../constraints.ts'
import { keyId } from './members.ts'

export const GetKeyLastUsageInput = structure({ KeyId: keyId() })

/** Inputs of the guardrail operations, which AWS has elsewhere: service control policies of AWS Organizations. */
import { flag, structure, text } from '../constraints.ts'

const name = () => text({ min: 1, max: 128, pattern: String.raw`[\w+=,.@-]+` })
/** The caller's own without it. */
const accountId = () => text({ pattern: '[0-9]{12}' }).optional()

export const PutGuardrailInput = structure({
  Name: name(),
  Policy: text({ min: 1, max: 131072, pattern: String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+` }),
  AccountId: accountId(),
  /** Whether the first guardrail of an account comes with FullAccess; it does unless this is false. */
  WithFullAccess: flag().optional(),
})
export const GuardrailInput = structure({ Name: name(), AccountId: accountId() })
export const ListGuardrailsInput = structure({ AccountId: accountId() })

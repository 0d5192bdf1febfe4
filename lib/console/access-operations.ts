/**
 * The operations that say who may do what, and why: part of the table in operations.ts.
 */
import type {
  CompareAccessInput,
  ExplainAccessInput,
  ExplainEventInput,
  KeysOfInput,
  PreviewAccessInput,
  WhoCanInput,
} from '#lib/domain/operations/access.ts'
import type { LabProgressInput } from '#lib/domain/operations/labs.ts'
import type { CompareAccess } from '#lib/insight/compare-access.ts'
import type { ExplainAccess } from '#lib/insight/explain-access.ts'
import type { ExplainEvent } from '#lib/insight/explain-event.ts'
import type { KeysOf } from '#lib/insight/keys-of.ts'
import type { LabProgress } from '#lib/insight/lab-progress.ts'
import type { PreviewAccess } from '#lib/insight/preview-access.ts'
import type { WhoCan } from '#lib/insight/who-can.ts'
import type { AnswerOf, Entry } from './operation-types.ts'

export const ACCESS_OPERATIONS = {
  // With a draft they are asked by actions: a policy is too long for an address.
  ExplainAccess: { service: 'Keyhouse', reads: true },
  ExplainEvent: { service: 'Keyhouse', reads: true },
  WhoCan: { service: 'Keyhouse', reads: true },
  KeysOf: { service: 'Keyhouse', reads: true },
  CompareAccess: { service: 'Keyhouse', reads: false },
  PreviewAccess: { service: 'Keyhouse', reads: false },
  LabProgress: { service: 'Keyhouse', reads: true },
} as const

/** Both ends of each. */
export type AccessOperationIO = {
  ExplainAccess: Entry<typeof ExplainAccessInput, AnswerOf<typeof ExplainAccess>>
  ExplainEvent: Entry<typeof ExplainEventInput, AnswerOf<typeof ExplainEvent>>
  WhoCan: Entry<typeof WhoCanInput, AnswerOf<typeof WhoCan>>
  KeysOf: Entry<typeof KeysOfInput, AnswerOf<typeof KeysOf>>
  CompareAccess: Entry<typeof CompareAccessInput, AnswerOf<typeof CompareAccess>>
  PreviewAccess: Entry<typeof PreviewAccessInput, AnswerOf<typeof PreviewAccess>>
  LabProgress: Entry<typeof LabProgressInput, AnswerOf<typeof LabProgress>>
}

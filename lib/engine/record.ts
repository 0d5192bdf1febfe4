/** Turns a finished call into its events. */
import { type BuiltEvent, buildEvents, type EventFacts, type EventSource } from '#lib/audit/record/event.ts'
import { uuidv7 } from '#lib/crypto/random.ts'
import type { Caller } from '#lib/domain/caller.ts'
import type { KmsError, KmsErrorCode } from '#lib/domain/refusal.ts'
import type { AnyOperation, LoggedFields, Service } from './operation.ts'
import { contextOf, decisionOf, type Trail } from './trail.ts'

const EVENT_SOURCE: Record<Service, string> = {
  KMS: 'kms.amazonaws.com',
  STS: 'sts.amazonaws.com',
  IAM: 'iam.amazonaws.com',
  CloudTrail: 'cloudtrail.amazonaws.com',
  Keyhouse: 'keyhouse',
}

export type Finished = {
  readonly caller: Caller
  readonly operation: AnyOperation
  readonly trail: Trail
  readonly at: Date
  readonly startedAt: number
  /** Parsed, or undefined when the input never got that far. */
  readonly input: unknown
  readonly result: { readonly output: unknown } | { readonly refusal: KmsError }
}

/** The allow-listed members of what went in and out. */
type Logged = { request(input: unknown): LoggedFields; response?(output: unknown): LoggedFields }
// The list's element types are erased; the door hands each operation only what its own schema parsed.
const loggedOf = (operation: AnyOperation) => operation.logged as unknown as Logged

function sourceOf(caller: Caller, operation: AnyOperation, reading: boolean): EventSource {
  if (caller.channel.via !== 'console') return caller.channel.via
  return reading && operation.class === 'read' ? 'console-read' : 'console'
}

/** CloudTrail's own name where it differs from the wire's. */
const LOGGED_CODE: Partial<Record<KmsErrorCode, string>> = {
  AccessDeniedException: 'AccessDenied',
  DeleteConflict: 'DeleteConflictException',
  ExpiredIdentityTokenException: 'ExpiredTokenException',
  EntityAlreadyExists: 'EntityAlreadyExistsException',
  EntityTemporarilyUnmodifiable: 'EntityTemporarilyUnmodifiableException',
  InvalidAuthenticationCode: 'InvalidAuthenticationCodeException',
  InvalidIdentityToken: 'InvalidIdentityTokenException',
  InvalidInput: 'InvalidInputException',
  LimitExceeded: 'LimitExceededException',
  MalformedPolicyDocument: 'MalformedPolicyDocumentException',
  NoSuchEntity: 'NoSuchEntityException',
  PackedPolicyTooLarge: 'PackedPolicyTooLargeException',
  PasswordPolicyViolation: 'PasswordPolicyViolationException',
  UnmodifiableEntity: 'UnmodifiableEntityException',
}

function outcomeOf(result: Finished['result']) {
  if (!('refusal' in result)) return 'ok'
  return result.refusal.code === 'AccessDeniedException' ? 'denied' : 'error'
}

/** CloudTrail calls cryptographic use and reads alike read-only (facts §17.2), and all that STS does. */
const isReadOnly = (operation: AnyOperation) =>
  operation.class === 'crypto' || operation.class === 'read' || operation.service === 'STS'

function additionalOf({ notes }: Trail): LoggedFields {
  const present = Object.entries(notes).filter(([, value]) => value !== undefined)
  return present.length === 0 ? null : Object.fromEntries(present)
}

/** A key that the call has just made was never judged, only mentioned. */
const mentionedKey = ({ resources }: Trail): string | null =>
  resources.find(({ type }) => type === 'AWS::KMS::Key')?.arn.split(':key/')[1] ?? null

export function factsOf(finished: Finished): EventFacts {
  const { caller, operation, trail, at, input, result } = finished
  const refusal = 'refusal' in result ? result.refusal : null
  const logged = loggedOf(operation)
  return {
    id: uuidv7(at.getTime()),
    at,
    caller,
    eventSource: EVENT_SOURCE[operation.service],
    operationName: operation.name,
    class: operation.class,
    outcome: outcomeOf(result),
    source: sourceOf(caller, operation, caller.channel.reading === true),
    readOnly: isReadOnly(operation),
    region: caller.region,
    recipientAccount: trail.identity.account,
    request: input === undefined ? null : logged.request(input),
    response: 'output' in result ? (logged.response?.(result.output) ?? null) : null,
    additional: additionalOf(trail),
    resources: trail.resources,
    keyId: trail.keys[0]?.row.id ?? mentionedKey(trail),
    aliasName: trail.aliasName,
    error: refusal && { code: LOGGED_CODE[refusal.code] ?? refusal.code, message: refusal.message },
    durationMs: Math.max(0, at.getTime() - finished.startedAt),
    decision: decisionOf(trail),
    context: contextOf(trail),
  }
}

export const eventsOf = (finished: Finished): readonly [BuiltEvent, ...BuiltEvent[]] =>
  buildEvents(factsOf(finished))

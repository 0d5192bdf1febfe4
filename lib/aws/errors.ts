/**
 * How a refusal looks on the wire: the only place where one becomes an HTTP answer (facts §1.3, §18.1).
 * What is in a refusal's `detail` stays here; a caller sees the code, the message and the request id (R45).
 */
import { FAULT, type KmsError, type KmsErrorCode } from '#lib/domain/refusal.ts'
import type { Dialect } from './services.ts'
import { xmlRefusal } from './xml.ts'

export type Answer = { readonly status: number; readonly contentType: string; readonly body: string }

export const JSON_TYPE = 'application/x-amz-json-1.1'
export const XML_TYPE = 'text/xml'

const STATUS_OF_FAULT = { caller: 400, service: 500, unavailable: 503 } as const

function jsonStatus(code: KmsErrorCode): number {
  return code === 'RequestEntityTooLargeException' ? 413 : STATUS_OF_FAULT[FAULT[code]]
}

/** AWS spells the member with a capital for these two (facts §1.3). */
const CAPITAL_MESSAGE: ReadonlySet<KmsErrorCode> = new Set([
  'AccessDeniedException',
  'UnsupportedOperationException',
])
/** And says nothing at all for these, whatever the refusal holds. */
const SILENT: ReadonlySet<KmsErrorCode> = new Set(['InvalidCiphertextException', 'UnknownOperationException'])

function jsonBody({ code, message }: KmsError): string {
  if (message === '' || SILENT.has(code)) return JSON.stringify({ __type: code })
  const member = CAPITAL_MESSAGE.has(code) ? 'Message' : 'message'
  return JSON.stringify({ __type: code, [member]: message })
}

/** The query protocol's other names for the same refusals; what is not here only loses its `Exception`. */
const QUERY_NAMES: Partial<Record<KmsErrorCode, { code: string; status: number; message?: string }>> = {
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  DeleteConflict: { code: 'DeleteConflict', status: 409 },
  DependencyTimeoutException: { code: 'ServiceUnavailable', status: 503 },
  EntityAlreadyExists: { code: 'EntityAlreadyExists', status: 409 },
  EntityTemporarilyUnmodifiable: { code: 'EntityTemporarilyUnmodifiable', status: 409 },
  // Of a web identity token: STS names that otherwise than expired credentials.
  ExpiredIdentityTokenException: { code: 'ExpiredTokenException', status: 400 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
  IDPRejectedClaim: { code: 'IDPRejectedClaim', status: 403 },
  IncompleteSignatureException: { code: 'IncompleteSignature', status: 400 },
  InvalidAuthenticationCode: { code: 'InvalidAuthenticationCode', status: 403 },
  InvalidSignatureException: { code: 'SignatureDoesNotMatch', status: 403 },
  KMSInternalException: { code: 'InternalFailure', status: 500 },
  LimitExceeded: { code: 'LimitExceeded', status: 409 },
  LimitExceededException: { code: 'LimitExceeded', status: 409 },
  MissingAuthenticationTokenException: {
    code: 'MissingAuthenticationToken',
    status: 403,
    message: 'Request is missing Authentication Token',
  },
  NoSuchEntity: { code: 'NoSuchEntity', status: 404 },
  RequestEntityTooLargeException: { code: 'RequestEntityTooLarge', status: 413 },
  SerializationException: { code: 'MalformedInput', status: 400 },
  ThrottlingException: { code: 'Throttling', status: 400 },
  UnknownOperationException: { code: 'InvalidAction', status: 400 },
  UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 },
  ValidationException: { code: 'ValidationError', status: 400 },
}

function queryAnswer(refusal: KmsError, namespace: string, requestId: string): Answer {
  const named = QUERY_NAMES[refusal.code]
  const fault = FAULT[refusal.code]
  const body = xmlRefusal(
    {
      namespace,
      type: fault === 'caller' ? 'Sender' : 'Receiver',
      code: named?.code ?? refusal.code.replace(/Exception$/, ''),
      message: named?.message ?? refusal.message,
    },
    requestId,
  )
  return { status: named?.status ?? STATUS_OF_FAULT[fault], contentType: XML_TYPE, body }
}

/** The answer that a refusal is, in the dialect the request was made in; in JSON where that never became known. */
export function refusalAnswer(refusal: KmsError, dialect: Dialect | undefined, requestId: string): Answer {
  if (dialect?.protocol === 'query') return queryAnswer(refusal, dialect.namespace, requestId)
  return { status: jsonStatus(refusal.code), contentType: JSON_TYPE, body: jsonBody(refusal) }
}

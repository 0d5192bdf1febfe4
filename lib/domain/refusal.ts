/**
 * Every refusal Keyhouse can give, under the name AWS gives it.
 * How a refusal looks on a wire or a screen is decided at those edges, not here.
 */

/** Whose fault a refusal is. AWS answers every caller's fault with HTTP 400; only ours are 500 or 503. */
export const FAULT = {
  AccessDeniedException: 'caller',
  AlreadyExistsException: 'caller',
  ConflictException: 'caller',
  CustomKeyStoreNotFoundException: 'caller',
  DeleteConflict: 'caller',
  DisabledException: 'caller',
  DryRunOperationException: 'caller',
  EntityAlreadyExists: 'caller',
  EntityTemporarilyUnmodifiable: 'caller',
  ExpiredIdentityTokenException: 'caller',
  ExpiredImportTokenException: 'caller',
  ExpiredTokenException: 'caller',
  IDPCommunicationError: 'caller',
  IDPRejectedClaim: 'caller',
  IncompleteSignatureException: 'caller',
  IncorrectKeyException: 'caller',
  IncorrectKeyMaterialException: 'caller',
  InvalidAliasNameException: 'caller',
  InvalidArnException: 'caller',
  InvalidAuthenticationCode: 'caller',
  InvalidCiphertextException: 'caller',
  InvalidEventCategoryException: 'caller',
  InvalidGrantIdException: 'caller',
  InvalidGrantTokenException: 'caller',
  InvalidIdentityToken: 'caller',
  InvalidImportTokenException: 'caller',
  InvalidInput: 'caller',
  InvalidKeyUsageException: 'caller',
  InvalidLookupAttributesException: 'caller',
  InvalidMarkerException: 'caller',
  InvalidMaxResultsException: 'caller',
  InvalidNextTokenException: 'caller',
  InvalidSignatureException: 'caller',
  InvalidTimeRangeException: 'caller',
  KMSInvalidMacException: 'caller',
  KMSInvalidSignatureException: 'caller',
  KMSInvalidStateException: 'caller',
  LimitExceeded: 'caller',
  LimitExceededException: 'caller',
  MalformedPolicyDocument: 'caller',
  MalformedPolicyDocumentException: 'caller',
  MissingAuthenticationTokenException: 'caller',
  NoSuchEntity: 'caller',
  NotAuthorizedException: 'caller',
  NotFoundException: 'caller',
  PackedPolicyTooLarge: 'caller',
  PasswordPolicyViolation: 'caller',
  RequestEntityTooLargeException: 'caller',
  SerializationException: 'caller',
  TagException: 'caller',
  ThrottlingException: 'caller',
  UnknownOperationException: 'caller',
  UnmodifiableEntity: 'caller',
  UnrecognizedClientException: 'caller',
  UnsupportedOperationException: 'caller',
  ValidationException: 'caller',
  DependencyTimeoutException: 'unavailable',
  KMSInternalException: 'service',
  KeyUnavailableException: 'service',
} as const satisfies Record<string, 'caller' | 'service' | 'unavailable'>

export type KmsErrorCode = keyof typeof FAULT

/**
 * A refusal. `message` is for the caller and may be empty, as AWS's sometimes is;
 * `detail` is for the operator's log and never leaves the process.
 */
export class KmsError extends Error {
  override readonly name = 'KmsError'
  readonly code: KmsErrorCode
  readonly detail: string | undefined

  constructor(code: KmsErrorCode, message = '', options: { detail?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.detail = options.detail
  }
}

/** The refusal that a thrown thing is for the caller: itself, or a fault of ours that says nothing of its cause. */
export function asRefusal(thrown: unknown): KmsError {
  if (thrown instanceof KmsError) return thrown
  return new KmsError('KMSInternalException', 'An internal error occurred. The request can be retried.', {
    detail: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown,
    cause: thrown,
  })
}

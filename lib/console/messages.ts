/**
 * What the console says to a person: refusals as screens carry them, and what one can do about each.
 * Works in the browser too; it knows no request and no component.
 */
import { FAULT, type KmsErrorCode } from '#lib/domain/refusal.ts'

/** Codes of the console itself, beside AWS's. */
export type ConsoleCode =
  | 'EngineUnreachable'
  | 'SessionEnded'
  | 'PasswordNeeded'
  | 'CodeNeeded'
  | 'OriginRefused'
  | 'SignInAgain'
  | 'SignInRefused'
  | 'Throttled'
export type RefusalCode = KmsErrorCode | ConsoleCode

/** What a denial was about, as the desk sends it; the engine explains the rest when it is asked (ExplainEvent). */
export type DecisionView = {
  readonly principal?: string
  readonly action?: string
  readonly resource?: string
  readonly verdict?: string
  readonly reason?: string
}

/** A refusal as it travels to a screen. Plain data: it crosses from server to browser. */
export type RefusalView = {
  readonly code: RefusalCode
  readonly message: string
  readonly requestId: string | null
  readonly eventId: string | null
  readonly decision?: DecisionView
  /** Seconds until another try makes sense, for Throttled. */
  readonly retryAfter?: number
}

/** What a server action gives back: never a throw, because a thrown error loses its words on the way to the browser. */
export type ActionResult<T = unknown> =
  | {
      readonly ok: true
      readonly output: T
      readonly eventId: string | null
      readonly requestId: string | null
    }
  | { readonly ok: false; readonly error: RefusalView }

/** A refusal that is thrown inside the console. */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal'
  readonly refusal: RefusalView

  constructor(refusal: RefusalView) {
    super(refusal.message)
    this.refusal = refusal
  }
}

const isRefusal = (value: unknown): value is RefusalView =>
  typeof value === 'object' && value !== null && 'code' in value && 'requestId' in value

/** The refusal in whatever was thrown; anything unknown is told as an engine that did not answer. */
export function refusalIn(thrown: unknown): RefusalView {
  if (thrown instanceof EngineRefusal) return thrown.refusal
  if (isRefusal(thrown)) return thrown
  const message = 'The console could not finish this. It can be tried again.'
  return { code: 'EngineUnreachable', message, requestId: null, eventId: null }
}

export const isDenied = (refusal: RefusalView) => refusal.code === 'AccessDeniedException'

/** What a person can do about a refusal. */
export const HELP: Record<RefusalCode, string> = {
  AccessDeniedException: 'Ask an administrator for this permission, or sign in as someone who has it.',
  AlreadyExistsException:
    'Something with this name exists already. Choose another name, or use what is there.',
  ConflictException:
    'Something else changed at the same moment. Reload, look at what changed, then try again.',
  CustomKeyStoreNotFoundException:
    'There is no key store of this name. Custom key stores are not offered yet.',
  DeleteConflict: 'Something still hangs on this. Remove what the message names first, then delete it.',
  DisabledException: 'This key is disabled. Enable it to use it.',
  DryRunOperationException: 'The call would have been allowed. It was a dry run, so nothing was done.',
  EntityAlreadyExists:
    'Something with this name exists already; names differ by more than case. Choose another.',
  EntityTemporarilyUnmodifiable: 'Something else is changing this at the moment. Try again shortly.',
  ExpiredIdentityTokenException: 'The token of the identity provider has expired. Get a new one.',
  ExpiredImportTokenException:
    'The import token is older than 24 hours. Get a new wrapping key and token, and wrap the material again.',
  ExpiredTokenException: 'The temporary credentials have expired. Get new ones.',
  IDPCommunicationError:
    'The identity provider did not give its keys. Try again, or put its keys here by hand.',
  IDPRejectedClaim: 'The token of the identity provider is not valid at this time. Get a new one.',
  IncompleteSignatureException: 'The request was signed incompletely. Check the program that signs it.',
  IncorrectKeyException: 'The data was encrypted with another key. Leave the key out, or name the right one.',
  IncorrectKeyMaterialException:
    'This is not the material that the key had before, or not material for this kind of key. Import the same bytes.',
  InvalidAliasNameException: 'Use letters, digits, /, _ and -, and do not begin with alias/aws/.',
  InvalidArnException: 'Check the ARN: its account, Region and resource must all be there.',
  InvalidAuthenticationCode: 'Enter the six digits that the device shows now. Each code is good once.',
  InvalidCiphertextException:
    'The ciphertext, its key or its encryption context differs from what was encrypted.',
  InvalidEventCategoryException: 'Leave the category out, or ask for insight events.',
  InvalidGrantIdException: 'The grant id is not one of this key. Its Grants tab lists them.',
  InvalidGrantTokenException: 'The grant token is not valid for this key. Create the grant again.',
  InvalidIdentityToken: 'The token is not one of an identity provider of this account, or not meant for it.',
  InvalidImportTokenException:
    'The import token is not for this key, or was used already. Get a new wrapping key and token.',
  InvalidInput: 'Correct what the message names, then try again.',
  InvalidKeyUsageException: 'This key was made for another use. Choose a key made for this one.',
  InvalidLookupAttributesException: 'Check the attribute: one name and one value are allowed.',
  InvalidMarkerException: 'The list changed while it was read. Load it again from the top.',
  InvalidMaxResultsException: 'Ask for 1 to 50 events at a time.',
  InvalidNextTokenException: 'The list changed while it was read. Load it again from the top.',
  InvalidSignatureException: 'Check the secret access key, and the clock of the machine that signs.',
  InvalidTimeRangeException: 'The start must be before the end.',
  KMSInvalidMacException: 'The MAC does not belong to this message and this key.',
  KMSInvalidSignatureException: 'The signature does not belong to this message, key and algorithm.',
  KMSInvalidStateException: 'The state of this key does not allow this. Its page says what its state allows.',
  LimitExceeded: 'A limit of this identity or account is reached. Remove what is no longer used.',
  LimitExceededException: 'A limit of this account is reached. Remove what is no longer used.',
  MalformedPolicyDocument: 'Correct the policy where the message points. Nothing was saved.',
  MalformedPolicyDocumentException: 'Correct the policy where the message points. Nothing was saved.',
  MissingAuthenticationTokenException: 'The request was not signed. Configure an access key.',
  NoSuchEntity: 'Check the name. It may have been renamed or deleted.',
  NotAuthorizedException: 'Ask an administrator for this permission, or sign in as someone who has it.',
  NotFoundException: 'Check the identifier and the Region. It may have been deleted.',
  PackedPolicyTooLarge: 'The session policies and tags are too long together. Shorten them.',
  PasswordPolicyViolation:
    'Choose a password as the message asks: long, and not one that everybody tries first.',
  RequestEntityTooLargeException: 'The request is too large. Encrypt large data with a data key.',
  SerializationException: 'A member of the request has the wrong type. Correct it, then try again.',
  TagException: 'Check the tags: keys are unique, at most 128 characters, and do not begin with aws:.',
  ThrottlingException: 'Too many requests at once. Wait a moment, then try again.',
  UnmodifiableEntity: 'Keyhouse keeps this itself; it cannot be changed.',
  UnknownOperationException: 'This version of Keyhouse does not have this operation.',
  UnrecognizedClientException: 'The access key is unknown or deactivated. Check its id.',
  UnsupportedOperationException: 'This key cannot do that. Its Configuration tab says what it can do.',
  ValidationException: 'Correct the value that the message names, then try again.',
  DependencyTimeoutException:
    'The database took too long. Nothing was changed unless the log says so. Try again.',
  KMSInternalException: 'Keyhouse failed. The operator finds the cause in the log under the request ID.',
  KeyUnavailableException: 'The key material cannot be reached at the moment. Try again shortly.',
  EngineUnreachable: 'The engine is not answering. What you typed is kept; try again in a moment.',
  PasswordNeeded:
    'You signed in more than five minutes ago, and this takes something away. Enter your password to go on.',
  CodeNeeded: 'Enter the code that your device shows now, or a recovery code.',
  SessionEnded: 'Your session has ended. Sign in again; what you typed is kept.',
  OriginRefused:
    'The request came from another address than the console’s own. Open the console at its configured address.',
  SignInAgain:
    'Open the menu with your name, choose “Add another identity”, and sign in with your provider; then do this again.',
  SignInRefused: 'Check the account, the user name and the password.',
  Throttled: 'Too many tries. Wait, then try again.',
}

/** True for codes that AWS has, which snippets and logs show too. */
export const isAwsCode = (code: RefusalCode): code is KmsErrorCode => Object.hasOwn(FAULT, code)

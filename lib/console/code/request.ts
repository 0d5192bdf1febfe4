/**
 * A request of KMS, IAM or STS as code is made from it, and what every language must know of its members: which are bytes, which
 * are secret, which are words of an enumeration. Says nothing about any language.
 */
import { calledName, isOperation, OPERATIONS, type OperationName } from '../operations.ts'

/** Operations that Keyhouse answers but no screen asks for. */
type WithoutScreen =
  | 'DescribeCustomKeyStores'
  | 'CreateCustomKeyStore'
  | 'UpdateCustomKeyStore'
  | 'ConnectCustomKeyStore'
  | 'DisconnectCustomKeyStore'
  | 'DeleteCustomKeyStore'
  | 'AssumeRole'
  | 'SimulatePrincipalPolicy'

type OfAws = 'KMS' | 'IAM' | 'STS'
/** Services as AWS's programs name them. */
export type CodeService = 'kms' | 'iam' | 'sts'

/** Names of AWS: what it does not have, its programs cannot ask for. */
export type CodeName =
  | { [N in OperationName]: (typeof OPERATIONS)[N]['service'] extends OfAws ? N : never }[OperationName]
  | WithoutScreen

type Input = Readonly<Record<string, unknown>>

export type CodeRequest = { readonly name: CodeName; readonly input: Input }
export type CodePlace = { readonly endpoint: string; readonly region: string }
export type Snippet = {
  readonly id: string
  readonly label: string
  readonly code: string
  readonly note?: string
}

const SERVICES: Readonly<Record<string, CodeService>> = { KMS: 'kms', IAM: 'iam', STS: 'sts' }

/** Which service's operation it is. Requests that are shown together are of one. */
export function serviceOf(name: CodeName): CodeService {
  if (name === 'AssumeRole') return 'sts'
  if (name === 'SimulatePrincipalPolicy') return 'iam'
  return (isOperation(name) && SERVICES[OPERATIONS[name].service]) || 'kms'
}
export const servedBy = (requests: readonly CodeRequest[]): CodeService =>
  requests[0] ? serviceOf(requests[0].name) : 'kms'

/** What AWS calls the operation. */
export const awsName = (name: CodeName): string => (isOperation(name) ? calledName(name) : name)

/** Stands in an input for the id of the key that an earlier CreateKey made. */
export const CREATED_KEY = '<id of the created key>'

/** Members that are bytes: in code a file stands for them, whatever they hold. */
export const BLOB_FILES: Readonly<Record<string, string>> = {
  Plaintext: 'plaintext.bin',
  CiphertextBlob: 'ciphertext.bin',
  Message: 'message.bin',
  Signature: 'signature.bin',
  Mac: 'mac.bin',
  PublicKey: 'public-key.der',
  SharedSecretCiphertextBlob: 'shared-secret.encrypted',
  ImportToken: 'import-token.bin',
  EncryptedKeyMaterial: 'key-material.wrapped',
  AttestationDocument: 'attestation-document.cbor',
}

/** Members that are secret: in code a placeholder stands for them. */
export const SECRETS: Readonly<Record<string, string>> = {
  KeyStorePassword: '<key store password>',
  RawSecretAccessKey: '<secret access key of the proxy>',
  Password: '<password>',
}

/** Members that are moments: epoch seconds on the desk and on the wire. */
export const MOMENTS: ReadonlySet<string> = new Set(['ValidTo'])

/** Structures by member, under the names that the SDKs give their types. `Tags` is a list of them. */
export const STRUCTURES: Readonly<Record<string, string>> = {
  Constraints: 'GrantConstraints',
  ContextEntries: 'ContextEntry',
  Recipient: 'RecipientInfo',
  Tags: 'Tag',
  XksProxyAuthenticationCredential: 'XksProxyAuthenticationCredentialType',
}

/** Enumerations by member, under the names that the SDKs give their types. */
const ENUMERATIONS: Readonly<Record<string, string>> = {
  KeyUsage: 'KeyUsageType',
  CustomerMasterKeySpec: 'CustomerMasterKeySpec',
  Origin: 'OriginType',
  EncryptionAlgorithm: 'EncryptionAlgorithmSpec',
  SourceEncryptionAlgorithm: 'EncryptionAlgorithmSpec',
  DestinationEncryptionAlgorithm: 'EncryptionAlgorithmSpec',
  KeyPairSpec: 'DataKeyPairSpec',
  MacAlgorithm: 'MacAlgorithmSpec',
  SigningAlgorithm: 'SigningAlgorithmSpec',
  MessageType: 'MessageType',
  KeyAgreementAlgorithm: 'KeyAgreementAlgorithmSpec',
  EncapsulationAlgorithm: 'EncapsulationAlgorithmSpec',
  WrappingAlgorithm: 'AlgorithmSpec',
  WrappingKeySpec: 'WrappingKeySpec',
  ExpirationModel: 'ExpirationModelType',
  ImportType: 'ImportType',
  IncludeKeyMaterial: 'IncludeKeyMaterial',
  Operations: 'GrantOperation',
  DryRunModifiers: 'DryRunModifierType',
  KeyEncryptionAlgorithm: 'KeyEncryptionMechanism',
  CustomKeyStoreType: 'CustomKeyStoreType',
  XksProxyConnectivity: 'XksProxyConnectivityType',
  // Of IAM.
  Status: 'StatusType',
  ContextKeyType: 'ContextKeyTypeEnum',
}

/** The enumeration that a member's words are of; undefined for plain text. KeySpec is two, by operation. */
export function enumerationOf(operation: CodeName, member: string): string | undefined {
  if (member === 'KeySpec') return operation === 'CreateKey' ? 'KeySpec' : 'DataKeySpec'
  return Object.hasOwn(ENUMERATIONS, member) ? ENUMERATIONS[member] : undefined
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members that are given, in their order. */
export const members = (input: Input): [string, unknown][] =>
  Object.entries(input).filter(([, value]) => value !== undefined)

const someMember = (value: unknown, is: (name: string) => boolean): boolean => {
  if (Array.isArray(value)) return value.some((one) => someMember(one, is))
  return (
    isRecord(value) &&
    members(value).some(
      ([name, member]) => is(name) || (Object.hasOwn(STRUCTURES, name) && someMember(member, is)),
    )
  )
}

/** Whether the input has bytes anywhere, so that the code must read a file. */
export const readsFiles = ({ input }: CodeRequest): boolean =>
  someMember(input, (name) => Object.hasOwn(BLOB_FILES, name))

export const hasMoments = ({ input }: CodeRequest): boolean => someMember(input, (name) => MOMENTS.has(name))

export const usesCreated = ({ input }: CodeRequest): boolean => Object.values(input).includes(CREATED_KEY)

/** The name in an SDK whose members begin small. */
export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** CreateKey → create-key, KeyId → key-id, ListMFADevices → list-mfa-devices. */
export const kebab = (name: string): string =>
  name
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()

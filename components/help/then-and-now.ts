/**
 * Where common study notes about KMS differ from AWS today, and what Keyhouse does. Plain data: the help page and
 * docs/then-and-now.md are both drawn from it.
 */
import type { AwsPage } from './aws-page.ts'

/** How we know what AWS does: in the order of their weight. */
export const EVIDENCE = {
  documented: 'AWS’s documentation',
  model: 'the published model of the API',
  recorded: 'answers of the live service, recorded in public tests',
  seen: 'public logs and issues',
  newest: 'the model in the newest SDK only',
} as const
export type Evidence = keyof typeof EVIDENCE

export type Difference = {
  /** The row's anchor: never changes once a link may lead to it. */
  readonly id: string
  readonly topic: string
  readonly notes: string
  readonly aws: string
  readonly keyhouse: string
  readonly evidence: readonly Evidence[]
  /** What we could not confirm. */
  readonly unsure?: string
  readonly read: AwsPage
}

export const THEN_AND_NOW_INTRO = [
  'Study notes, courses and old answers on the web are often right about ideas and wrong about numbers, because KMS has changed. Each entry says what such notes tell, what AWS does now, and what Keyhouse does.',
  'How we know AWS’s side stands under each entry, and so does what we could not confirm. Where it matters to you, read AWS’s page: AWS goes on changing.',
] as const

export const THEN_AND_NOW: readonly Difference[] = [
  {
    id: 'deletion-needs-no-disable',
    topic: 'Scheduling a deletion',
    notes: 'A key must be disabled before its deletion can be scheduled.',
    aws: '`ScheduleKeyDeletion` takes a key that is enabled, disabled, waiting for import, unavailable or just being created. It refuses one that is already pending deletion, or updating. The window is 7 to 30 days, 30 when nothing is said.',
    keyhouse:
      'The same states, the same window, the same refusals. The console shows the key’s last use first, because disabling a key for a while is still the safer way to find out who needs it.',
    evidence: ['documented'],
    read: 'deleting-keys.html',
  },
  {
    id: 'cancelled-deletion',
    topic: 'Cancelling a deletion',
    notes: 'A cancelled deletion puts the key back as it was.',
    aws: 'The key is disabled afterwards, also when it was enabled before. Someone has to enable it.',
    keyhouse: 'The same.',
    evidence: ['documented'],
    unsure: 'What AWS does with a key whose imported material was missing when its deletion was scheduled.',
    read: 'deleting-keys.html',
  },
  {
    id: 'aliases-of-a-deleted-key',
    topic: 'Aliases of a key that is being deleted',
    notes: 'Scheduling a deletion deletes the key’s aliases.',
    aws: 'They stay during the window and go when the key goes. Until then they can be deleted or pointed at another key.',
    keyhouse: 'The same.',
    evidence: ['documented'],
    read: 'deleting-keys.html',
  },
  {
    id: 'rotation-period',
    topic: 'How often keys rotate',
    notes:
      'Keys that you manage rotate every 365 days, and nothing else is possible; AWS managed keys every 1095 days.',
    aws: 'Automatic rotation of your own keys takes any period from 90 to 2560 days; 365 is the default. It is off until you turn it on. AWS managed keys rotate about every 365 days since May 2022; 1095 was before.',
    keyhouse:
      'The same range and default, and a real new material at the date. AWS managed keys rotate yearly. Keys of a custom key store, asymmetric and HMAC keys do not rotate, there as here.',
    evidence: ['documented', 'model'],
    read: 'rotate-keys.html',
  },
  {
    id: 'rotate-on-demand',
    topic: 'Rotating now',
    notes: 'A rotation outside the schedule means a new key, and pointing the alias at it.',
    aws: '`RotateKeyOnDemand` gives the same key new material at once, 25 times in a key’s life. The date of the next automatic rotation stays. Making a new key is still the way for kinds of keys that do not rotate.',
    keyhouse: 'The same, the limit of 25 included.',
    evidence: ['documented', 'recorded'],
    read: 'rotating-keys-on-demand.html',
  },
  {
    id: 'rotation-and-old-data',
    topic: 'Old data after a rotation',
    notes:
      'After a rotation, old data has to be decrypted and encrypted again before the old key disappears.',
    aws: 'The key keeps every material it ever had. New ciphertexts use the newest, old ones are decrypted with the one that made them, which the ciphertext names. Data keys that were handed out are not touched, so a rotation does not undo the leak of one.',
    keyhouse: 'The same. The playground shows which material a ciphertext names.',
    evidence: ['documented'],
    read: 'rotate-keys.html',
  },
  {
    id: 'rotating-imported-material',
    topic: 'Rotating imported material',
    notes: 'Keys with imported material cannot rotate.',
    aws: 'They have no automatic rotation. A symmetric encryption key can take a second material (import type `NEW_KEY_MATERIAL`), which waits until `RotateKeyOnDemand` makes it the current one; several can follow. Asymmetric and HMAC keys keep one material for ever.',
    keyhouse:
      'The same, for multi-Region keys too: first on the primary, then the same bytes on every replica, then rotate.',
    evidence: ['documented', 'model', 'recorded'],
    read: 'importing-keys.html',
  },
  {
    id: 'extending-an-expiry',
    topic: 'Extending the expiry of imported material',
    notes: 'Delete the material first, then import it again with a later date.',
    aws: 'Since 2023 the same bytes can be imported again over themselves with another expiry, without a gap. Other bytes are refused.',
    keyhouse: 'The same.',
    evidence: ['documented'],
    read: 'importing-keys-import-key-material.html#reimport-key-material',
  },
  {
    id: 'what-can-be-imported',
    topic: 'What can be imported',
    notes: 'Only 256-bit symmetric keys, wrapped with RSA-OAEP or PKCS #1 v1.5.',
    aws: 'Symmetric, HMAC, RSA and elliptic curve keys. Private keys of RSA travel under a one-time AES key that RSA wraps. PKCS #1 v1.5 wrapping is refused since October 2023. ML-DSA keys cannot be imported.',
    keyhouse:
      'The same, and Ed25519 keys can be imported, ML-KEM keys cannot. Each import token is good for 24 hours and one import.',
    evidence: ['documented', 'model'],
    unsure: 'Whether AWS imports Ed25519 and ML-KEM keys, and whether it takes one import token twice.',
    read: 'importing-keys.html',
  },
  {
    id: 'four-kilobytes',
    topic: 'The 4 KB limit',
    notes: 'KMS encrypts up to 4 KB; or: KMS can only be used for small data.',
    aws: '`Encrypt` takes 1 to 4096 bytes with a symmetric key, and much less with RSA: 190 bytes for `RSA_2048` with SHA-256, 446 for `RSA_4096`. It is a limit of one call, not of what a key can protect: for larger data, ask for a data key and encrypt outside.',
    keyhouse: 'The same limits and the same refusals. The playground counts the bytes as you type.',
    evidence: ['documented', 'model', 'recorded'],
    read: 'API_Encrypt.html',
  },
  {
    id: 'request-quotas',
    topic: 'How much per second',
    notes: 'A quota of 4 kB a second, or of a few hundred or thousand requests a second.',
    aws: 'Quotas count requests, not bytes, per second, account and Region. Symmetric cryptography shares 10,000, in some Regions 20,000 or 100,000; RSA, elliptic curve and ML-DSA cryptography have 1,000 each; managing calls have far fewer. Most can be raised.',
    keyhouse:
      'No throttling unless it is asked for; then AWS’s quotas, or a multiple of them, with AWS’s `ThrottlingException`. See quotas.md in the documentation.',
    evidence: ['documented'],
    read: 'requests-per-second.html',
  },
  {
    id: 'across-regions',
    topic: 'Keys in more than one Region',
    notes: 'Keys cannot leave their Region, so data that moves must be decrypted and encrypted again.',
    aws: 'True of single-Region keys. A key that was created as a multi-Region key can be replicated: the members have the same id (`mrk-`) and the same material, so one decrypts what another encrypted. Each has its own policy, grants, aliases, tags and state. A single-Region key cannot become one.',
    keyhouse:
      'The same, among the Regions of the installation. Replicas are an exercise as much as a safeguard there: all Regions of one installation share its database.',
    evidence: ['documented'],
    read: 'multi-region-keys-overview.html',
  },
  {
    id: 'master-keys',
    topic: 'Customer master keys',
    notes: 'The keys are called customer master keys, CMKs.',
    aws: 'They are KMS keys: customer managed, AWS managed or AWS owned. The old word survives where a change would break programs: the member `CustomerMasterKeySpec`, `CustomKeyStoreHasCMKsException`, and the text of some refusals.',
    keyhouse: 'KMS key in the console; the old word exactly where AWS’s API still has it.',
    evidence: ['documented', 'model', 'recorded'],
    read: 'concepts.html#kms_keys',
  },
  {
    id: 'kinds-of-keys',
    topic: 'Kinds of keys',
    notes: 'KMS has symmetric keys, and perhaps RSA.',
    aws: 'Symmetric encryption; HMAC; RSA; elliptic curves for signatures and key agreement (NIST P-256, P-384, P-521), for signatures only (secp256k1, and Ed25519 since November 2025); SM2 in the China Regions; and keys against quantum computers, below. A key has one usage, chosen at creation.',
    keyhouse: 'All of them; SM2 in Regions of the partition `aws-cn`.',
    evidence: ['documented', 'model'],
    read: 'symm-asymm-choose-key-spec.html',
  },
  {
    id: 'post-quantum',
    topic: 'Quantum computers',
    notes: 'KMS has nothing against quantum computers yet; or only in TLS.',
    aws: 'ML-DSA signatures (44, 65, 87) since June 2025. ML-KEM key encapsulation (512, 768, 1024) with the operations `Encapsulate` and `Decapsulate` is in the newest SDKs. Symmetric keys of 256 bits were never the worry.',
    keyhouse: 'Both.',
    evidence: ['documented', 'model', 'newest'],
    unsure:
      'Much about ML-KEM on AWS, such as in which Regions it is: we know it from the SDK’s model and the guide’s first pages.',
    read: 'pqkeys.html',
  },
  {
    id: 'signing-long-messages',
    topic: 'Signing long messages',
    notes: '`Sign` hashes whatever one sends.',
    aws: 'A message may have up to 4096 bytes (`RAW`). For a longer one, send its digest (`DIGEST`), of exactly the algorithm’s length. `ED25519_SHA_512` takes only the message, `ED25519_PH_SHA_512` only a digest, and ML-DSA takes the 64 bytes of `EXTERNAL_MU` in its place.',
    keyhouse: 'The same.',
    evidence: ['documented', 'model', 'recorded'],
    read: 'API_Sign.html',
  },
  {
    id: 'failed-verification',
    topic: 'A wrong signature',
    notes: '`Verify` answers `SignatureValid: false`.',
    aws: 'A wrong signature is an exception, `KMSInvalidSignatureException`, and a wrong MAC is `KMSInvalidMacException`. The answer, when there is one, always says true.',
    keyhouse: 'The same.',
    evidence: ['recorded', 'documented'],
    read: 'API_Verify.html',
  },
  {
    id: 'grants-are-not-at-once',
    topic: 'When a grant is in force',
    notes: 'A grant is in force at once; or: wait five minutes after every grant.',
    aws: 'Usually within seconds, at most about five minutes, and the same for taking it away. A call that carries the grant token may use a new grant at once.',
    keyhouse:
      'Once `CreateGrant`, `RevokeGrant` or `RetireGrant` has answered, it is in force on every engine. Tokens are given and checked as on AWS, so programs that send them go on working.',
    evidence: ['documented'],
    unsure: 'What AWS answers to the token of a grant that was revoked.',
    read: 'grants.html#terms-eventual-consistency',
  },
  {
    id: 'grants-for-services',
    topic: 'Whom a grant can name',
    notes: 'Grants name users, roles and accounts only.',
    aws: 'Since March 2026 a service can be the grantee (`GranteeServicePrincipal`), with a condition on the resource it acts for (`SourceArn`) and a retiring principal.',
    keyhouse: 'Both, with those conditions.',
    evidence: ['newest', 'documented'],
    read: 'grants.html',
  },
  {
    id: 'who-decides',
    topic: 'Administrators and the key policy',
    notes: 'An administrator of the account, or its root user, can always use its keys.',
    aws: 'The key policy comes first. Identity policies count only where it hands the decision to the account, as the default key policy does. Without that statement even the root user has no access. An explicit deny always wins, over grants too.',
    keyhouse: 'The same: no identity has a way round the key policy.',
    evidence: ['documented'],
    read: 'key-policies.html',
  },
  {
    id: 're-encrypt-permissions',
    topic: 'The permission to re-encrypt',
    notes: 'Allow `kms:ReEncrypt`.',
    aws: 'There is no such action. `kms:ReEncryptFrom` on the old key and `kms:ReEncryptTo` on the new one; `kms:ReEncrypt*` covers both.',
    keyhouse: 'The same.',
    evidence: ['documented'],
    read: 'kms-api-permissions-reference.html',
  },
  {
    id: 'aliases-in-policies',
    topic: 'Aliases in policies',
    notes: 'Put the alias’s ARN in `Resource` to allow the use of its key.',
    aws: 'That names the alias, which matters only for creating, changing and deleting aliases. To allow a key by its aliases, use the condition keys `kms:RequestAlias` (the name the call used) or `kms:ResourceAliases` (the aliases the key has; identity policies only).',
    keyhouse: 'The same.',
    evidence: ['documented'],
    read: 'alias-access.html',
  },
  {
    id: 'encryption-context-in-clear',
    topic: 'The encryption context',
    notes: 'A second password for the ciphertext; or: a comment.',
    aws: 'Neither. It is bound to the ciphertext, so decrypting needs exactly the same pairs, capitals included. It is not secret: CloudTrail logs it in clear. Policies and grants can require it. Asymmetric keys have none.',
    keyhouse: 'The same; the log shows it in clear.',
    evidence: ['documented', 'recorded'],
    read: 'encrypt_context.html',
  },
  {
    id: 'cloudtrail',
    topic: 'What CloudTrail records',
    notes: '`Encrypt` and `Decrypt` are data events and must be switched on.',
    aws: 'All KMS calls are management events, recorded unless a trail leaves KMS out. Plaintext, ciphertext and key material are not in them.',
    keyhouse:
      'Every authenticated call is recorded before its answer leaves, and cannot be left out. `LookupEvents` reads the log as on AWS.',
    evidence: ['documented'],
    read: 'logging-using-cloudtrail.html',
  },
  {
    id: 'finding-unused-keys',
    topic: 'Finding out whether a key is used',
    notes: 'Search months of CloudTrail logs.',
    aws: 'Since April 2026 `GetKeyLastUsage` names the last successful cryptographic operation, its time and its event. It looks back to the key’s creation or the start of tracking, whichever is later. Policies can ask for days without use (`kms:TrailingDaysWithoutKeyUsage`) when a key is disabled or deleted.',
    keyhouse: 'The same, exact, from the event log; the list of keys shows it within about a second.',
    evidence: ['documented', 'model', 'newest'],
    unsure:
      'The first day of AWS’s tracking (23 April 2026 in public examples), and what that condition key is for a key that was never used.',
    read: 'API_GetKeyLastUsage.html',
  },
  {
    id: 'trying-a-permission',
    topic: 'Trying a permission',
    notes: 'Call the operation and see.',
    aws: 'Most cryptographic operations and those of grants take `DryRun`: everything is checked and nothing is done. Success is the exception `DryRunOperationException`.',
    keyhouse: 'The same, on the same operations.',
    evidence: ['documented', 'recorded'],
    read: 'testing-permissions.html',
  },
  {
    id: 'aws-managed-keys-everywhere',
    topic: 'AWS managed keys',
    notes: 'Every service makes an AWS managed key for you (`alias/aws/…`) when encryption is on.',
    aws: 'Older services do, at first use. Services since 2021 use AWS owned keys instead, which are not in your account. For control, make your own key.',
    keyhouse:
      'AWS managed keys under `alias/aws/…` come into being when they are first described. AWS owned keys do not exist here: see aws-owned-keys.md in the documentation.',
    evidence: ['documented'],
    read: 'concepts.html#aws-managed-key',
  },
  {
    id: 'hardware',
    topic: 'Hardware security modules',
    notes: 'KMS uses hardware validated to FIPS 140-2 level 2, or 3.',
    aws: 'FIPS 140-3 security level 3.',
    keyhouse:
      'No hardware. Keys are sealed in the database under a root key and used in the memory of the engine. It is not validated: where a rule demands validated hardware, use AWS.',
    evidence: ['documented'],
    read: 'kms-cryptography.html',
  },
]

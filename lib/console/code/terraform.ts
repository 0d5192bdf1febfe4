/**
 * Requests as Terraform of the AWS provider: a resource or a data source for what is a state, and a sentence for what
 * is only an act. What a resource leaves out Terraform takes away, so that snippets for keys that exist say so.
 */
import { type Argument, block, hcl, type Input, literal, type Made, map, tags, text, texts } from './hcl.ts'
import { type CodeName, type CodePlace, type CodeRequest, CREATED_KEY, isRecord } from './request.ts'
import { IAM_RESOURCES } from './terraform-iam.ts'

/** The id of the key that a member names: the resource that made it, or the id in what was given. */
const keyId = (value: unknown): string =>
  value === CREATED_KEY ? 'aws_kms_key.this.key_id' : hcl(String(value).split(':key/').at(-1) ?? '')

function createKey(input: Input, more: readonly Argument[] = []): string {
  const external = input.Origin === 'EXTERNAL'
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec
  return block(`resource "${external ? 'aws_kms_external_key' : 'aws_kms_key'}" "this"`, [
    ['description', text(input.Description)],
    [external ? 'key_spec' : 'customer_master_key_spec', text(spec)],
    ['key_usage', text(input.KeyUsage)],
    ['multi_region', literal(input.MultiRegion)],
    ['custom_key_store_id', text(input.CustomKeyStoreId)],
    ['bypass_policy_lockout_safety_check', literal(input.BypassPolicyLockoutSafetyCheck)],
    ['policy', text(input.Policy)],
    ['tags', tags(input.Tags)],
    ...more,
  ])
}

/** An argument of the resource of a key that exists, which is taken over first. */
const ofKey = (input: Input, given: readonly Argument[]): string[] =>
  input.KeyId === CREATED_KEY
    ? []
    : [
        block('import', [
          ['to', 'aws_kms_key.this'],
          ['id', keyId(input.KeyId)],
        ]),
        block('resource "aws_kms_key" "this"', given),
      ]

const aliasOf = (input: Input) => [
  block('resource "aws_kms_alias" "this"', [
    ['name', text(input.AliasName)],
    ['target_key_id', keyId(input.TargetKeyId)],
  ]),
]

function grant(input: Input): string[] {
  const limits = isRecord(input.Constraints) ? input.Constraints : {}
  const constraints = block('  constraints', [
    ['  encryption_context_equals', map(limits.EncryptionContextEquals, '    ')],
    ['  encryption_context_subset', map(limits.EncryptionContextSubset, '    ')],
  ]).replace(/\n\}$/, '\n  }')
  return [
    block(
      'resource "aws_kms_grant" "this"',
      [
        ['name', text(input.Name)],
        ['key_id', keyId(input.KeyId)],
        ['grantee_principal', text(input.GranteePrincipal)],
        ['operations', texts(input.Operations)],
        ['retiring_principal', text(input.RetiringPrincipal)],
        ['grant_creation_tokens', texts(input.GrantTokens)],
      ],
      constraints.includes('=') ? [constraints] : [],
    ),
  ]
}

/** The provider block that points Terraform here. */
export const terraformProvider = (place: CodePlace, alias?: string): string => `provider "aws" {
${alias === undefined ? '' : `  alias                       = "${alias}"\n`}  region                      = "${place.region}"
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = false

  endpoints {
    iam = "${place.endpoint}"
    kms = "${place.endpoint}"
    sts = "${place.endpoint}"
  }
}`

const replica = (input: Input, place: CodePlace): string[] => [
  terraformProvider({ ...place, region: String(input.ReplicaRegion) }, 'replica'),
  block('data "aws_kms_key" "primary"', [['key_id', text(input.KeyId)]]),
  block('resource "aws_kms_replica_key" "this"', [
    ['provider', 'aws.replica'],
    ['primary_key_arn', 'data.aws_kms_key.primary.arn'],
    ['description', text(input.Description)],
    ['bypass_policy_lockout_safety_check', literal(input.BypassPolicyLockoutSafetyCheck)],
    ['policy', text(input.Policy)],
    ['tags', tags(input.Tags)],
  ]),
]

const rotation = (input: Input): Argument[] => [
  ['enable_key_rotation', 'true'],
  ['rotation_period_in_days', literal(input.RotationPeriodInDays)],
]

const secrets = (input: Input): string[] => [
  block(
    'data "aws_kms_secrets" "this"',
    [],
    [
      block('  secret', [
        ['  name', '"this"'],
        ['  payload', 'filebase64("ciphertext.bin")'],
        ['  key_id', text(input.KeyId)],
        ['  encryption_algorithm', text(input.EncryptionAlgorithm)],
        ['  grant_tokens', texts(input.GrantTokens)],
        ['  context', map(input.EncryptionContext, '    ')],
      ]).replace(/\n\}$/, '\n  }'),
    ],
  ),
]

const EXISTING =
  'What the resource leaves out, Terraform takes away: give it the key’s description and tags too.'
const IN_STATE = 'The plaintext stands in Terraform’s state: keep the state as safe as the secret.'

const onKey = (input: Input, given: readonly Argument[]): Made => ({
  blocks: ofKey(input, given),
  ...(input.KeyId !== CREATED_KEY && { note: EXISTING }),
})
const readsKey = (input: Input): Made => ({
  blocks: [block('data "aws_kms_key" "this"', [['key_id', text(input.KeyId)]])],
})

/** What Terraform makes of a request. What is not here it cannot do. */
const RESOURCES: Readonly<Partial<Record<CodeName, (input: Input, place: CodePlace) => Made>>> = {
  ...IAM_RESOURCES,
  CreateKey: (input) => ({ blocks: [createKey(input)] }),
  DescribeKey: readsKey,
  CreateAlias: (input) => ({ blocks: aliasOf(input) }),
  UpdateAlias: (input) => ({ blocks: aliasOf(input) }),
  PutKeyPolicy: (input) => ({
    blocks: [
      block('resource "aws_kms_key_policy" "this"', [
        ['key_id', keyId(input.KeyId)],
        ['bypass_policy_lockout_safety_check', literal(input.BypassPolicyLockoutSafetyCheck)],
        ['policy', text(input.Policy)],
      ]),
    ],
  }),
  CreateGrant: (input) => ({
    blocks: grant(input),
    ...((input.GranteeServicePrincipal ?? input.RetiringServicePrincipal) !== undefined && {
      note: 'Terraform’s grants know no service principals.',
    }),
  }),
  ReplicateKey: (input, place) => ({
    blocks: replica(input, place),
    note: 'A replica of a key with imported material is aws_kms_replica_external_key.',
  }),
  EnableKey: (input) => onKey(input, [['is_enabled', 'true']]),
  DisableKey: (input) => onKey(input, [['is_enabled', 'false']]),
  UpdateKeyDescription: (input) => onKey(input, [['description', text(input.Description) ?? '""']]),
  TagResource: (input) => onKey(input, [['tags', tags(input.Tags)]]),
  EnableKeyRotation: (input) => onKey(input, rotation(input)),
  DisableKeyRotation: (input) => onKey(input, [['enable_key_rotation', 'false']]),
  ScheduleKeyDeletion: (input) => ({
    ...onKey(input, [['deletion_window_in_days', literal(input.PendingWindowInDays) ?? '30']]),
    note: 'Apply this, then run terraform destroy -target=aws_kms_key.this: destroying a key schedules its deletion.',
  }),
  ImportKeyMaterial: (input) => ({
    blocks: [
      block('import', [
        ['to', 'aws_kms_external_key.this'],
        ['id', keyId(input.KeyId)],
      ]),
      block('resource "aws_kms_external_key" "this"', [
        ['key_material_base64', 'filebase64("key-material.bin")'],
        ['valid_to', typeof input.ValidTo === 'number' ? hcl(isoMoment(input.ValidTo)) : undefined],
      ]),
    ],
    note: 'Terraform gets the import token and wraps the material itself. The material stands in its state.',
  }),
  Encrypt: (input) => ({
    blocks: [
      block('resource "aws_kms_ciphertext" "this"', [
        ['key_id', text(input.KeyId) ?? keyId(input.KeyId)],
        ['plaintext', 'file("plaintext.bin")'],
        ['context', map(input.EncryptionContext)],
      ]),
    ],
    note:
      input.EncryptionAlgorithm === undefined || input.EncryptionAlgorithm === 'SYMMETRIC_DEFAULT'
        ? IN_STATE
        : 'Terraform encrypts with symmetric keys and text only: it has no argument for the algorithm.',
  }),
  Decrypt: (input) => ({ blocks: secrets(input), note: IN_STATE }),
  GetPublicKey: (input) => ({
    blocks: [block('data "aws_kms_public_key" "this"', [['key_id', text(input.KeyId)]])],
  }),
}

const isoMoment = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

/** What is done to the key right after it was made is an argument of its one resource. */
function madeOf(request: CodeRequest, requests: readonly CodeRequest[], place: CodePlace): Made | undefined {
  const { name, input } = request
  if (name !== 'CreateKey') return RESOURCES[name]?.(input, place)
  const rotated = requests.find((one) => one.name === 'EnableKeyRotation' && one.input.KeyId === CREATED_KEY)
  return { blocks: [createKey(input, rotated && rotation(rotated.input))] }
}

/** Terraform for the requests, with what it cannot do and what it does differently. */
export function terraform(
  requests: readonly CodeRequest[],
  place: CodePlace,
): { readonly code: string; readonly note?: string } {
  const made = requests.map((request) => madeOf(request, requests, place))
  const missing = requests.filter((_, index) => made[index] === undefined).map(({ name }) => name)
  const blocks = made.flatMap((one) => one?.blocks ?? [])
  const external = requests.some(({ name, input }) => name === 'CreateKey' && input.Origin === 'EXTERNAL')
  const notes = [
    ...(missing.length > 0 ? [`Terraform has no resource for ${[...new Set(missing)].join(', ')}.`] : []),
    ...new Set(made.flatMap((one) => (one?.note === undefined ? [] : [one.note]))),
  ]
  const code =
    blocks.length === 0
      ? `# Terraform keeps states, and ${missing.join(', ')} ${missing.length === 1 ? 'is an act' : 'are acts'}.`
      : [terraformProvider(place), ...blocks].join('\n\n')
  return {
    code: external ? code.replaceAll('aws_kms_key.this.key_id', 'aws_kms_external_key.this.id') : code,
    ...(notes.length > 0 && { note: notes.join(' ') }),
  }
}

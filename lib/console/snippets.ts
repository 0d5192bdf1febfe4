/**
 * The requests of a form as code, in the ways people write them. Made from the same objects that the action sends, so
 * that what is shown is what is done. Secrets appear as placeholders, never as values.
 */
import { OPERATIONS, type OperationName } from './operations.ts'

export type CodeRequest = { readonly name: OperationName; readonly input: Readonly<Record<string, unknown>> }
export type CodePlace = { readonly endpoint: string; readonly region: string }
export type Snippet = {
  readonly id: string
  readonly label: string
  readonly code: string
  readonly note?: string
}

/** Stands in an input for the id of the key that an earlier CreateKey made. */
export const CREATED_KEY = '<id of the created key>'

/** Members whose value is data of a person: a file or a placeholder stands for it. */
const DATA: Readonly<Record<string, string>> = {
  Plaintext: 'plaintext.bin',
  CiphertextBlob: 'ciphertext.bin',
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const members = (input: CodeRequest['input']) =>
  Object.entries(input).filter(([, value]) => value !== undefined)

/** CreateKey → create-key, KeyId → key-id. */
const kebab = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
const snake = (name: string) => kebab(name).replaceAll('-', '_')

/** One word of a POSIX shell, whatever it holds. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_/.:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

const SERVICE = { KMS: 'kms', STS: 'sts', CloudTrail: 'cloudtrail', Keyhouse: 'kms' } as const

function cliValue(name: string, value: unknown): string {
  if (value === CREATED_KEY) return '"$KEY_ID"'
  const file = DATA[name]
  if (file) return `fileb://${file}`
  if (typeof value === 'string' || typeof value === 'number') return shellWord(String(value))
  return shellWord(JSON.stringify(value))
}

function cliOption([name, value]: [string, unknown]): string {
  if (value === true) return `--${kebab(name)}`
  if (value === false) return `--no-${kebab(name)}`
  return `--${kebab(name)} ${cliValue(name, value)}`
}

function cliCommand({ name, input }: CodeRequest, place: CodePlace, captured: boolean): string {
  const lines = [
    `aws ${SERVICE[OPERATIONS[name].service]} ${kebab(name)}`,
    ...members(input).map(cliOption),
    `--region ${place.region}`,
    `--endpoint-url ${place.endpoint}`,
    ...(captured ? ['--query KeyMetadata.KeyId --output text'] : []),
  ]
  const command = lines.join(' \\\n  ')
  return captured ? `KEY_ID=$(${command})` : command
}

const usesCreated = ({ input }: CodeRequest) => Object.values(input).includes(CREATED_KEY)

function cli(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  return requests
    .map((request) => cliCommand(request, place, captures && request.name === 'CreateKey'))
    .join('\n\n')
}

/** A value as a literal of Python, or with `created` and `data` swapped, of JavaScript. */
type Language = {
  created: string
  data: (file: string) => string
  true: string
  false: string
  key: (name: string) => string
}

const PYTHON: Language = {
  created: 'key_id',
  data: (file) => `open("${file}", "rb").read()`,
  true: 'True',
  false: 'False',
  key: (name) => JSON.stringify(name),
}
const JAVASCRIPT: Language = {
  created: 'keyId',
  data: (file) => `readFileSync('${file}')`,
  true: 'true',
  false: 'false',
  key: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)),
}

function literal(value: unknown, language: Language): string {
  if (value === CREATED_KEY) return language.created
  if (value === true) return language.true
  if (value === false) return language.false
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, language)).join(', ')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${language.key(name)}: ${literal(member, language)}`)
    .join(', ')} }`
}

const memberLiteral = (name: string, value: unknown, language: Language): string => {
  const file = DATA[name]
  return file ? language.data(file) : literal(value, language)
}

function python(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  const calls = requests.map(({ name, input }) => {
    const given = members(input)
      .map(([member, value]) => `    ${member}=${memberLiteral(member, value, PYTHON)},\n`)
      .join('')
    const called = `kms.${snake(name)}(${given === '' ? '' : `\n${given}`})`
    return captures && name === 'CreateKey' ? `key_id = ${called}["KeyMetadata"]["KeyId"]` : called
  })
  return `import boto3\n\nkms = boto3.client("kms", region_name="${place.region}", endpoint_url="${place.endpoint}")\n\n${calls.join('\n\n')}`
}

function javascript(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  const commands = [...new Set(requests.map(({ name }) => `${name}Command`))]
  const reads = requests.some(({ input }) => Object.keys(input).some((name) => DATA[name]))
  const calls = requests.map(({ name, input }) => {
    const given = members(input)
      .map(([member, value]) => `  ${member}: ${memberLiteral(member, value, JAVASCRIPT)},\n`)
      .join('')
    const called = `await kms.send(new ${name}Command({${given === '' ? '' : `\n${given}`}}))`
    return captures && name === 'CreateKey' ? `const keyId = (${called}).KeyMetadata.KeyId` : called
  })
  return [
    ...(reads ? ["import { readFileSync } from 'node:fs'"] : []),
    `import { KMSClient, ${commands.join(', ')} } from '@aws-sdk/client-kms'`,
    '',
    `const kms = new KMSClient({ region: '${place.region}', endpoint: '${place.endpoint}' })`,
    '',
    calls.join('\n\n'),
  ].join('\n')
}

function curl(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  return requests
    .map(({ name, input }) => {
      const body = Object.fromEntries(
        members(input).map(([member, value]) => [member, DATA[member] ? `<${member}, base64>` : value]),
      )
      // The shell puts the id in: the quotes of JSON end and begin again around it.
      const data = shellWord(JSON.stringify(body)).replaceAll(CREATED_KEY, `'"$KEY_ID"'`)
      const sent = [
        `curl ${place.endpoint}/`,
        `--aws-sigv4 aws:amz:${place.region}:kms`,
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        "--header 'Content-Type: application/x-amz-json-1.1'",
        `--header 'X-Amz-Target: TrentService.${name}'`,
        `--data ${data}`,
      ].join(' \\\n  ')
      return captures && name === 'CreateKey' ? `${sent}\n\n# KEY_ID is the KeyId of the answer.` : sent
    })
    .join('\n\n')
}

/** HCL's strings know ${…} and %{…}; doubling their signs leaves them as text. */
const hcl = (text: string) => JSON.stringify(text).replace(/[$%]\{/g, (sign) => sign[0] + sign)

/** The provider block that points Terraform here. */
export const terraformProvider = (place: CodePlace): string => `provider "aws" {
  region                      = "${place.region}"
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = false

  endpoints {
    kms = "${place.endpoint}"
    sts = "${place.endpoint}"
  }
}`

const tagsOf = (value: unknown): string[] =>
  Array.isArray(value) && value.length > 0
    ? [
        '  tags = {',
        ...value.map((tag) => `    ${hcl(String(tag?.TagKey))} = ${hcl(String(tag?.TagValue))}`),
        '  }',
      ]
    : []

function terraformKey(input: CodeRequest['input']): string {
  const lines = ['resource "aws_kms_key" "this" {']
  if (typeof input.Description === 'string' && input.Description !== '')
    lines.push(`  description = ${hcl(input.Description)}`)
  if (typeof input.Policy === 'string') lines.push(`  policy      = ${hcl(input.Policy)}`)
  return [...lines, ...tagsOf(input.Tags), '}'].join('\n')
}

function terraform(requests: readonly CodeRequest[], place: CodePlace): string {
  const blocks = requests.flatMap(({ name, input }) => {
    if (name === 'CreateKey') return [terraformKey(input)]
    if (name !== 'CreateAlias') return []
    const target =
      input.TargetKeyId === CREATED_KEY ? 'aws_kms_key.this.key_id' : hcl(String(input.TargetKeyId))
    return [
      `resource "aws_kms_alias" "this" {\n  name          = ${hcl(String(input.AliasName))}\n  target_key_id = ${target}\n}`,
    ]
  })
  return [terraformProvider(place), ...blocks].join('\n\n')
}

const IN_TERRAFORM: ReadonlySet<OperationName> = new Set(['CreateKey', 'CreateAlias'])

/** The same requests for CLI, Python, JavaScript, Terraform where it has them, and curl. */
export function snippetsFor(requests: readonly CodeRequest[], place: CodePlace): Snippet[] {
  const missing = requests.filter(({ name }) => !IN_TERRAFORM.has(name)).map(({ name }) => name)
  const hasTerraform = missing.length < requests.length
  return [
    { id: 'cli', label: 'CLI', code: cli(requests, place) },
    { id: 'python', label: 'Python', code: python(requests, place) },
    { id: 'javascript', label: 'JavaScript', code: javascript(requests, place) },
    ...(hasTerraform
      ? [
          {
            id: 'terraform',
            label: 'Terraform',
            code: terraform(requests, place),
            ...(missing.length > 0 && { note: `Terraform has no resource for ${missing.join(', ')}.` }),
          },
        ]
      : []),
    { id: 'curl', label: 'curl', code: curl(requests, place) },
  ]
}

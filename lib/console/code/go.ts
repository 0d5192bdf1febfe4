/** Requests in Go, for the AWS SDK v2. */
import {
  awsName,
  BLOB_FILES,
  type CodeName,
  type CodePlace,
  type CodeRequest,
  type CodeService,
  CREATED_KEY,
  enumerationOf,
  hasMoments,
  isRecord,
  MOMENTS,
  members,
  readsFiles,
  SECRETS,
  STRUCTURES,
  servedBy,
  usesCreated,
} from './request.ts'

/** Booleans that the model gives a default are values in Go; all others are pointers. */
const PLAIN_FLAGS: ReadonlySet<string> = new Set([
  'BypassPolicyLockoutSafetyCheck',
  'CreatePolicyVersion.SetAsDefault',
  'CreateLoginProfile.PasswordResetRequired',
])
const isPlainFlag = (operation: CodeName, member: string) =>
  PLAIN_FLAGS.has(member) || PLAIN_FLAGS.has(`${operation}.${member}`)

const map = (value: Readonly<Record<string, unknown>>): string =>
  `map[string]string{${members(value)
    .map(([name, text]) => `${JSON.stringify(name)}: ${JSON.stringify(text)}`)
    .join(', ')}}`

const structure = (operation: CodeName, type: string, value: Readonly<Record<string, unknown>>): string =>
  `types.${type}{${members(value)
    .map(([name, member]) => `${name}: ${goValue(operation, name, member)}`)
    .join(', ')}}`

function list(operation: CodeName, name: string, values: readonly unknown[]): string {
  const type = STRUCTURES[name]
  if (type)
    return `[]types.${type}{${values
      .map((one) => (isRecord(one) ? structure(operation, type, one).slice(`types.${type}`.length) : ''))
      .join(', ')}}`
  const enumeration = enumerationOf(operation, name)
  const words = values.map((one) => JSON.stringify(one)).join(', ')
  return enumeration ? `[]types.${enumeration}{${words}}` : `[]string{${words}}`
}

function goValue(operation: CodeName, name: string, value: unknown): string {
  const file = BLOB_FILES[name]
  if (file) return `file("${file}")`
  if (value === CREATED_KEY) return 'created.KeyMetadata.KeyId'
  if (Object.hasOwn(SECRETS, name)) return `aws.String(${JSON.stringify(SECRETS[name])})`
  if (MOMENTS.has(name)) return `aws.Time(time.Unix(${value}, 0))`
  if (typeof value === 'boolean') return isPlainFlag(operation, name) ? String(value) : `aws.Bool(${value})`
  if (typeof value === 'number') return `aws.Int32(${value})`
  if (Array.isArray(value)) return list(operation, name, value)
  if (isRecord(value)) {
    const type = STRUCTURES[name]
    return type ? `&${structure(operation, type, value)}` : map(value)
  }
  const enumeration = enumerationOf(operation, name)
  return enumeration
    ? `types.${enumeration}(${JSON.stringify(value)})`
    : `aws.String(${JSON.stringify(value)})`
}

function call({ name, input }: CodeRequest, service: CodeService, captured: boolean): string {
  const given = members(input).map(([member, value]) => `\n\t\t${member}: ${goValue(name, member, value)},`)
  const body = given.length === 0 ? '' : `${given.join('')}\n\t`
  return `\t${captured ? 'created := ' : ''}show(client.${awsName(name)}(ctx, &${service}.${awsName(name)}Input{${body}}))`
}

const FILE = `

func file(name string) []byte {
	data, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	return data
}`

/** A whole program. `show` prints an answer or stops at the error. */
export function go(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  const service = servedBy(requests)
  const calls = requests.map((request) => call(request, service, captures && request.name === 'CreateKey'))
  const body = calls.join('\n')
  const reads = requests.some(readsFiles)
  const standard = [
    'context',
    'fmt',
    'log',
    ...(reads ? ['os'] : []),
    ...(requests.some(hasMoments) ? ['time'] : []),
  ]
  const modules = [
    'aws',
    'config',
    `service/${service}`,
    ...(/[^\w.]types\./.test(body) ? [`service/${service}/types`] : []),
  ].map((path) => `github.com/aws/aws-sdk-go-v2/${path}`)
  const imports = [...standard.map((name) => `\t"${name}"`), '', ...modules.map((name) => `\t"${name}"`)]
  return `package main

import (
${imports.join('\n')}
)

func main() {
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx, config.WithRegion("${place.region}"))
	if err != nil {
		log.Fatal(err)
	}
	client := ${service}.NewFromConfig(settings, func(options *${service}.Options) {
		options.BaseEndpoint = aws.String("${place.endpoint}")
	})

${body}
}

func show[Answer interface{}](answer Answer, err error) Answer {
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\\n", answer)
	return answer
}${reads ? FILE : ''}`
}

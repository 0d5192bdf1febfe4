/** Requests in Python (boto3) and JavaScript (AWS SDK v3), whose literals are nearly the same. */
import {
  awsName,
  BLOB_FILES,
  type CodePlace,
  type CodeRequest,
  CREATED_KEY,
  isRecord,
  kebab,
  MOMENTS,
  members,
  readsFiles,
  SECRETS,
  STRUCTURES,
  servedBy,
  usesCreated,
} from './request.ts'

type Language = {
  readonly created: string
  readonly data: (file: string) => string
  readonly moment: (seconds: unknown) => string
  readonly true: string
  readonly false: string
  readonly key: (name: string) => string
}

const PYTHON: Language = {
  created: 'key_id',
  data: (file) => `open("${file}", "rb").read()`,
  moment: (seconds) => `datetime.fromtimestamp(${seconds}, timezone.utc)`,
  true: 'True',
  false: 'False',
  key: (name) => JSON.stringify(name),
}
const JAVASCRIPT: Language = {
  created: 'keyId',
  data: (file) => `readFileSync('${file}')`,
  moment: (seconds) => `new Date(${seconds} * 1000)`,
  true: 'true',
  false: 'false',
  key: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)),
}

/** A value of the person's own: a map's keys are theirs too, so nothing in it is a member. */
function literal(value: unknown, language: Language): string {
  if (value === CREATED_KEY) return language.created
  if (value === true) return language.true
  if (value === false) return language.false
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, language)).join(', ')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  if (members(value).length === 0) return '{}'
  return `{ ${members(value)
    .map(([name, member]) => `${language.key(name)}: ${literal(member, language)}`)
    .join(', ')} }`
}

function memberLiteral(name: string, value: unknown, language: Language): string {
  const file = BLOB_FILES[name]
  if (file) return language.data(file)
  if (Object.hasOwn(SECRETS, name)) return JSON.stringify(SECRETS[name])
  if (MOMENTS.has(name)) return language.moment(value)
  if (Object.hasOwn(STRUCTURES, name) && isRecord(value)) {
    const given = members(value).map(
      ([member, part]) => `${language.key(member)}: ${memberLiteral(member, part, language)}`,
    )
    return `{ ${given.join(', ')} }`
  }
  return literal(value, language)
}

/** `    KeyId="alias/a",` and so on, a line each, or nothing. */
const lines = ({ input }: CodeRequest, language: Language, join: string, indent: string): string => {
  const given = members(input).map(
    ([name, value]) => `${indent}${name}${join}${memberLiteral(name, value, language)},\n`,
  )
  return given.length === 0 ? '' : `\n${given.join('')}`
}

const snake = (name: string) => kebab(name).replaceAll('-', '_')

const momentIn = (requests: readonly CodeRequest[]) =>
  requests.some(({ input }) => members(input).some(([name]) => MOMENTS.has(name)))

export function python(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  const service = servedBy(requests)
  const calls = requests.map((request) => {
    const called = `${service}.${snake(awsName(request.name))}(${lines(request, PYTHON, '=', '    ')})`
    return captures && request.name === 'CreateKey' ? `key_id = ${called}["KeyMetadata"]["KeyId"]` : called
  })
  return [
    ...(momentIn(requests) ? ['from datetime import datetime, timezone', ''] : []),
    'import boto3',
    '',
    `${service} = boto3.client("${service}", region_name="${place.region}", endpoint_url="${place.endpoint}")`,
    '',
    calls.join('\n\n'),
  ].join('\n')
}

export function javascript(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  const service = servedBy(requests)
  const client = `${service.toUpperCase()}Client`
  const commands = [...new Set(requests.map(({ name }) => `${awsName(name)}Command`))]
  const calls = requests.map((request) => {
    const given = lines(request, JAVASCRIPT, ': ', '  ')
    const called = `await ${service}.send(new ${awsName(request.name)}Command({${given}}))`
    return captures && request.name === 'CreateKey' ? `const keyId = (${called}).KeyMetadata.KeyId` : called
  })
  return [
    ...(requests.some(readsFiles) ? ["import { readFileSync } from 'node:fs'"] : []),
    `import { ${client}, ${commands.join(', ')} } from '@aws-sdk/client-${service}'`,
    '',
    `const ${service} = new ${client}({ region: '${place.region}', endpoint: '${place.endpoint}' })`,
    '',
    calls.join('\n\n'),
  ].join('\n')
}

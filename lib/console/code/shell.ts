/** Requests as words of a shell: the AWS CLI, and curl, which signs by itself. */

import { globalRegion, queryFields } from './query-fields.ts'
import {
  awsName,
  BLOB_FILES,
  type CodePlace,
  type CodeRequest,
  CREATED_KEY,
  isRecord,
  kebab,
  members,
  SECRETS,
  STRUCTURES,
  serviceOf,
  usesCreated,
} from './request.ts'

/** One word of a POSIX shell, whatever it holds. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_/.:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

/** Structures with bytes in them go in the CLI's short form: only there can a part of one be a file. */
const short = (structure: Readonly<Record<string, unknown>>): string =>
  members(structure)
    .map(([name, value]) => {
      const file = BLOB_FILES[name]
      return file ? `${name}@=fileb://${file}` : `${name}=${SECRETS[name] ?? value}`
    })
    .join(',')

const hasPlaceholders = (value: Readonly<Record<string, unknown>>) =>
  Object.keys(value).some((name) => Object.hasOwn(BLOB_FILES, name) || Object.hasOwn(SECRETS, name))

function cliValue(name: string, value: unknown): string {
  if (value === CREATED_KEY) return '"$KEY_ID"'
  const file = BLOB_FILES[name]
  if (file) return `fileb://${file}`
  const text = SECRETS[name] ?? value
  if (typeof text === 'string' || typeof text === 'number') return shellWord(String(text))
  if (Object.hasOwn(STRUCTURES, name) && isRecord(value) && hasPlaceholders(value))
    return shellWord(short(value))
  return shellWord(JSON.stringify(value))
}

// The CLI opens what looks like an address, and takes what begins with a dash for an option.
const isAddress = (value: unknown) => typeof value === 'string' && /^(file|fileb|https?):\/\//.test(value)

function cliOption([name, value]: [string, unknown]): string {
  if (value === true) return `--${kebab(name)}`
  if (value === false) return `--no-${kebab(name)}`
  const word = cliValue(name, value)
  return `--${kebab(name)}${/^'?-/.test(word) ? '=' : ' '}${word}`
}

function cliCommand({ name, input }: CodeRequest, place: CodePlace, captured: boolean): string {
  const given = members(input)
  const addresses = given.filter(([, value]) => isAddress(value))
  const lines = [
    `aws ${serviceOf(name)} ${kebab(awsName(name))}`,
    ...given.filter(([, value]) => !isAddress(value)).map(cliOption),
    ...(addresses.length > 0
      ? [`--cli-input-json ${shellWord(JSON.stringify(Object.fromEntries(addresses)))}`]
      : []),
    `--region ${place.region}`,
    `--endpoint-url ${place.endpoint}`,
    ...(captured ? ['--query KeyMetadata.KeyId --output text'] : []),
  ]
  const command = lines.join(' \\\n  ')
  return captured ? `KEY_ID=$(${command})` : command
}

/** Commands of the AWS CLI, version 1 or 2. The id of a created key goes from one to the next in $KEY_ID. */
export function cli(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  return requests
    .map((request) => cliCommand(request, place, captures && request.name === 'CreateKey'))
    .join('\n\n')
}

const FILE_MARK = /"<base64 of ([\w.-]+)>"/g

/** The input as JSON, with a mark where a file or the created key belongs. */
const withMarks = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withMarks)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    members(value).map(([name, member]) => {
      const file = BLOB_FILES[name]
      if (file) return [name, `<base64 of ${file}>`]
      if (Object.hasOwn(SECRETS, name)) return [name, SECRETS[name]]
      return [name, Object.hasOwn(STRUCTURES, name) ? withMarks(member) : member]
    }),
  )
}

// The shell puts files and the id in: the quotes of JSON end and begin again around them.
const curlData = (input: CodeRequest['input']): string =>
  shellWord(JSON.stringify(withMarks(input)))
    .replaceAll(FILE_MARK, (_, file: string) => `"'"$(base64 < ${file} | tr -d '\\n')"'"`)
    .replaceAll(CREATED_KEY, `'"$KEY_ID"'`)

/** Requests of the query protocol: a form, signed for IAM's one Region. */
function queryCurl({ name, input }: CodeRequest, place: CodePlace): string {
  const service = serviceOf(name)
  const region = service === 'iam' ? globalRegion(place.region) : place.region
  const version = service === 'iam' ? '2010-05-08' : '2011-06-15'
  const fields = [`Action=${awsName(name)}`, `Version=${version}`, ...queryFields(input)]
  return [
    `curl ${shellWord(`${place.endpoint}/`)}`,
    `--aws-sigv4 aws:amz:${region}:${service}`,
    '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
    ...fields.map((field) => `--data-urlencode ${shellWord(field)}`),
  ].join(' \\\n  ')
}

/** Requests for curl 7.75 or newer, which knows AWS's signatures. */
export function curl(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  return requests
    .map((request) => {
      const { name, input } = request
      if (serviceOf(name) !== 'kms') return queryCurl(request, place)
      const sent = [
        `curl ${shellWord(`${place.endpoint}/`)}`,
        `--aws-sigv4 aws:amz:${place.region}:kms`,
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        "--header 'Content-Type: application/x-amz-json-1.1'",
        `--header 'X-Amz-Target: TrentService.${name}'`,
        `--data ${curlData(input)}`,
      ].join(' \\\n  ')
      return captures && name === 'CreateKey' ? `${sent}\n\n# KEY_ID is the KeyId of the answer.` : sent
    })
    .join('\n\n')
}

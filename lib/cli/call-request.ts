/** A call as an HTTP request, signed; and the answer as values again. */
import { JSON_TYPE } from '#lib/aws/errors.ts'
import { type QueryDialect, queryDialectOf, targetOf } from '#lib/aws/services.ts'
import { signRequest } from '#lib/aws/signer.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import type { CallArguments } from './call-arguments.ts'
import type { CallIdentity } from './call-credentials.ts'
import { readXml } from './xml-text.ts'

export type CallAnswer =
  | { readonly kind: 'output'; readonly output: unknown }
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string }

const TIMEOUT_MS = 30_000

/** Sends one signed request. Rejects when nobody answers. */
export async function sendCall(call: CallArguments, identity: CallIdentity, date: Date): Promise<CallAnswer> {
  const { credentials, region, endpoint } = identity
  const dialect = queryDialectOf(call.service)
  const { body, headers } = dialect ? formRequest(call, dialect) : jsonRequest(call)
  const service = call.service.toLowerCase()
  const signed = signRequest({
    method: 'POST',
    url: endpoint,
    headers,
    body,
    credentials,
    region,
    service,
    date,
  })
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const response = await fetch(endpoint, { method: 'POST', headers: signed, body, redirect: 'error', signal })
  const text = await response.text()
  return dialect ? formAnswer(call, response.ok, text) : jsonAnswer(response.ok, text)
}

type Request = { readonly body: string; readonly headers: Record<string, string> }

const COMMON = () => ({ 'user-agent': 'keyhouse', 'amz-sdk-invocation-id': uuidv4() })

function jsonRequest({ service, operation, input }: CallArguments): Request {
  const target = targetOf(service, operation) ?? ''
  return {
    body: JSON.stringify(input),
    headers: { ...COMMON(), 'content-type': JSON_TYPE, 'x-amz-target': target },
  }
}

function formRequest({ operation, input }: CallArguments, { version }: QueryDialect): Request {
  const fields = new URLSearchParams({ Action: operation, Version: version })
  for (const [path, value] of flatten(input, '')) fields.set(path, value)
  const type = 'application/x-www-form-urlencoded; charset=utf-8'
  return { body: fields.toString(), headers: { ...COMMON(), 'content-type': type } }
}

/** { Tags: [{ Key: 'a' }] } → Tags.member.1.Key=a */
function flatten(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  const at = path === '' ? '' : `${path}.`
  if (Array.isArray(value)) return value.flatMap((item, i) => flatten(item, `${at}member.${i + 1}`))
  return Object.entries(value).flatMap(([name, item]) => flatten(item, `${at}${name}`))
}

const textOf = (value: unknown, name: string): string => {
  const member = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof member === 'string' ? member : ''
}

function jsonAnswer(ok: boolean, text: string): CallAnswer {
  if (ok) return { kind: 'output', output: text === '' ? undefined : JSON.parse(text) }
  const error: unknown = JSON.parse(text)
  return {
    kind: 'refusal',
    code: textOf(error, '__type').replace(/^.*#/, ''),
    message: textOf(error, 'message') || textOf(error, 'Message'),
  }
}

function formAnswer({ operation }: CallArguments, ok: boolean, text: string): CallAnswer {
  const document = readXml(text)
  const member = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (ok)
    return { kind: 'output', output: member(member(document, `${operation}Response`), `${operation}Result`) }
  const error = member(member(document, 'ErrorResponse'), 'Error')
  return { kind: 'refusal', code: textOf(error, 'Code'), message: textOf(error, 'Message') }
}

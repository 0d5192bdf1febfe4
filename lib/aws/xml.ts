/**
 * Answers of the query protocol (STS, IAM): AWS's XML, results and refusals (facts §18.1).
 *
 *   { Users: [{ UserName: 'a' }] }      <Users><member><UserName>a</UserName></member></Users>
 *   { SummaryMap: Map { Users → 5 } }   <SummaryMap><entry><key>Users</key><value>5</value></entry></SummaryMap>
 */
import { toBase64 } from './encode.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
  '\n': '&#xA;',
}
/** What XML 1.0 cannot hold, even escaped. */
const UNSPEAKABLE = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu

const escapeXml = (text: string) =>
  text.replace(UNSPEAKABLE, '\ufffd').replace(/[&<>"'\r\n]/g, (character) => ENTITIES[character] ?? character)

const element = (name: string, inner: string) => `<${name}>${inner}</${name}>`

function members(value: object): string {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== null)
    .map(([name, member]) => element(name, content(member)))
    .join('')
}

function content(value: unknown): string {
  if (value instanceof Date) return `${value.toISOString().slice(0, 19)}Z`
  if (value instanceof Uint8Array) return toBase64(value)
  if (Array.isArray(value)) return value.map((item) => element('member', content(item))).join('')
  if (value instanceof Map) {
    return [...value].map(([key, held]) => element('entry', members({ key, value: held }))).join('')
  }
  if (typeof value === 'object' && value !== null) return members(value)
  return escapeXml(String(value))
}

export type Result = { readonly namespace: string; readonly operation: string; readonly output: unknown }

/** The answer of an operation; without output there is no result element. */
export function xmlResult({ namespace, operation, output }: Result, requestId: string): string {
  const result =
    typeof output === 'object' && output !== null ? element(`${operation}Result`, members(output)) : ''
  const metadata = element('ResponseMetadata', element('RequestId', escapeXml(requestId)))
  return `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`
}

export type XmlRefusal = {
  readonly namespace: string
  readonly type: 'Sender' | 'Receiver'
  readonly code: string
  readonly message: string
}

export function xmlRefusal(refusal: XmlRefusal, requestId: string): string {
  const { namespace, type, code, message } = refusal
  const error = members({ Type: type, Code: code, Message: message })
  return `<ErrorResponse xmlns="${namespace}">${element('Error', error)}${members({ RequestId: requestId })}</ErrorResponse>`
}

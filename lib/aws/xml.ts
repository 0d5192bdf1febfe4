/**
 * Answers of the query protocol (STS): AWS's XML, results and refusals (facts §18.1).
 */
import { toBase64 } from './encode.ts'

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/'

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
  if (typeof value === 'object' && value !== null) return members(value)
  return escapeXml(String(value))
}

/** The answer of an operation; without output there is no result element. */
export function xmlResult(operation: string, output: unknown, requestId: string): string {
  const result =
    typeof output === 'object' && output !== null ? element(`${operation}Result`, members(output)) : ''
  const metadata = element('ResponseMetadata', element('RequestId', escapeXml(requestId)))
  return `<${operation}Response xmlns="${NAMESPACE}">${result}${metadata}</${operation}Response>`
}

export type XmlRefusal = {
  readonly type: 'Sender' | 'Receiver'
  readonly code: string
  readonly message: string
}

export function xmlRefusal(refusal: XmlRefusal, requestId: string): string {
  const { type, code, message } = refusal
  const error = members({ Type: type, Code: code, Message: message })
  return `<ErrorResponse xmlns="${NAMESPACE}">${element('Error', error)}${members({ RequestId: requestId })}</ErrorResponse>`
}

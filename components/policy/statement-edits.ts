/**
 * Edits of a policy as small as they can be: what is not touched keeps its layout, its order and its spelling. Each takes a
 * text and gives the new one; a text in which the edit makes no sense comes back as it was.
 */
import { applyEdits, findNodeAtLocation, format, modify, type Node, parseTree } from 'jsonc-parser'
import { nodesOf } from './statement-nodes.ts'

const LAYOUT = { insertSpaces: true, tabSize: 2 }

const splice = (text: string, from: number, to: number, put: string) =>
  text.slice(0, from) + put + text.slice(to)
const endOf = (node: Node) => node.offset + node.length
const sourceOf = (text: string, node: Node) => text.slice(node.offset, endOf(node))

/** White space before a node, which sets it off from what stands before. */
const gapBefore = (text: string, node: Node): string => /\s*$/.exec(text.slice(0, node.offset))?.[0] ?? ''

/** A value laid out as its neighbours are: on one line, or indented as far as they. */
function laidOutLike(value: unknown, gap: string): string {
  if (!gap.includes('\n')) return JSON.stringify(value)
  const indent = gap.slice(gap.lastIndexOf('\n') + 1)
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)
}

/** What a new entry is set off with; entries of several lines may stand on one, as AWS prints statements. */
function layoutOf(text: string, neighbour: Node): { gap: string; indent: string } {
  const gap = gapBefore(text, neighbour) || ' '
  if (gap.includes('\n') || !sourceOf(text, neighbour).includes('\n')) return { gap, indent: gap }
  const lines = text.slice(0, endOf(neighbour)).split('\n')
  return { gap, indent: `\n${/^\s*/.exec(lines.at(-1) ?? '')?.[0] ?? ''}` }
}

function append(text: string, list: Node, put: (indent: string) => string): string {
  const last = list.children?.at(-1)
  if (!last) return splice(text, list.offset, endOf(list), `[${put(' ')}]`)
  const { gap, indent } = layoutOf(text, last)
  return splice(text, endOf(last), endOf(last), `,${gap}${put(indent)}`)
}

const nodeAt = (text: string, path: (string | number)[]): Node | undefined => {
  const root = parseTree(text)
  return root && findNodeAtLocation(root, path)
}

/** One statement may stand without a list around it: then it gets one. */
function withList(text: string): string {
  const node = nodeAt(text, ['Statement'])
  return node?.type === 'object' ? splice(text, node.offset, endOf(node), `[${sourceOf(text, node)}]`) : text
}

const isPolicy = (text: string) => parseTree(text)?.type === 'object'

/** Adds a statement at the end; to a text that is no policy at all, a policy around it. */
export function addStatement(text: string, statement: object): string {
  if (!isPolicy(text)) return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)
  const listed = withList(text)
  const node = nodeAt(listed, ['Statement'])
  if (node?.type === 'array') return append(listed, node, (indent) => laidOutLike(statement, indent))
  return applyEdits(listed, modify(listed, ['Statement'], [statement], { formattingOptions: LAYOUT }))
}

/** Takes a statement out with its comma. */
export function removeStatement(text: string, index: number): string {
  const listed = withList(text)
  const nodes = nodesOf(listed)
  const [node, next, previous] = [nodes[index], nodes[index + 1], nodes[index - 1]]
  if (!node) return text
  if (next) return splice(listed, node.offset, next.offset, '')
  if (previous) return splice(listed, endOf(previous), endOf(node), '')
  return splice(listed, node.offset, endOf(node), '')
}

/** Sids of identity policies are letters and digits; the word fits every kind of policy. */
function withOtherSid(source: string, taken: ReadonlySet<string>): string {
  const root = parseTree(source)
  const node = root && findNodeAtLocation(root, ['Sid'])
  if (!node || typeof node.value !== 'string') return source
  const base = `${node.value}${node.value.includes(' ') ? ' copy' : 'Copy'}`
  let sid = base
  for (let count = 2; taken.has(sid); count++) sid = `${base}${count}`
  return splice(source, node.offset, endOf(node), JSON.stringify(sid))
}

const sidOf = (node: Node): string[] => {
  const value: unknown = findNodeAtLocation(node, ['Sid'])?.value
  return typeof value === 'string' ? [value] : []
}

/** The same statement once more, right after, under a Sid of its own. */
export function duplicateStatement(text: string, index: number): string {
  const listed = withList(text)
  const nodes = nodesOf(listed)
  const node = nodes[index]
  if (!node) return text
  const copy = withOtherSid(sourceOf(listed, node), new Set(nodes.flatMap(sidOf)))
  return splice(listed, endOf(node), endOf(node), `,${gapBefore(listed, node) || ' '}${copy}`)
}

/** Lets a statement and its neighbour change places. Order means nothing to the engine; it does to readers. */
export function moveStatement(text: string, index: number, by: 1 | -1): string {
  const nodes = nodesOf(text)
  const first = nodes[Math.min(index, index + by)]
  const second = nodes[Math.max(index, index + by)]
  if (!first || !second || index + by < 0) return text
  const between = text.slice(endOf(first), second.offset)
  return splice(
    text,
    first.offset,
    endOf(second),
    `${sourceOf(text, second)}${between}${sourceOf(text, first)}`,
  )
}

/** Puts another text in the place of a statement. */
export function replaceStatement(text: string, index: number, source: string): string {
  const node = nodesOf(text)[index]
  return node ? splice(text, node.offset, endOf(node), source) : text
}

/** A statement's text as it stands; undefined where there is none. */
export const statementSource = (text: string, index: number): string | undefined => {
  const node = nodesOf(text)[index]
  return node && sourceOf(text, node)
}

const principalOf = (text: string, index: number): Node | undefined => {
  const node = nodesOf(text)[index]
  return node && findNodeAtLocation(node, ['Principal'])
}

/** Adds a principal of AWS to a statement that names some; `"*"` stays what it is. */
export function addPrincipal(text: string, index: number, arn: string): string {
  const principal = principalOf(text, index)
  const node = principal && findNodeAtLocation(principal, ['AWS'])
  if (node?.type === 'array') return append(text, node, () => JSON.stringify(arn))
  if (node?.type === 'string')
    return splice(text, node.offset, endOf(node), `[${sourceOf(text, node)}, ${JSON.stringify(arn)}]`)
  const last = principal?.type === 'object' ? principal.children?.at(-1) : undefined
  if (!last) return text
  return splice(
    text,
    endOf(last),
    endOf(last),
    `,${gapBefore(text, last) || ' '}"AWS": ${JSON.stringify(arn)}`,
  )
}

/** Takes a principal of AWS out of a list of several. The last one cannot go: a statement names somebody. */
export function removePrincipal(text: string, index: number, arn: string): string {
  const principal = principalOf(text, index)
  const nodes = (principal && findNodeAtLocation(principal, ['AWS'])?.children) ?? []
  const at = nodes.findIndex(({ value }) => value === arn)
  const [node, next, previous] = [nodes[at], nodes[at + 1], nodes[at - 1]]
  if (!node || nodes.length < 2) return text
  if (next) return splice(text, node.offset, next.offset, '')
  return previous ? splice(text, endOf(previous), endOf(node), '') : text
}

/** Laid out with two spaces; the order of members stays. */
export const formatted = (text: string): string => applyEdits(text, format(text, undefined, LAYOUT))

type Edit = { readonly From: number; readonly To: number; readonly Text: string }

/** A text with the edits of a fix. */
export const fixed = (text: string, edits: readonly Edit[]): string =>
  applyEdits(
    text,
    edits.map(({ From, To, Text }) => ({ offset: From, length: To - From, content: Text })),
  )

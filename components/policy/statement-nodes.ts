/**
 * The statements of a policy text where they stand, also while it is being typed: read leniently, so that an outline does
 * not vanish with every comma that is missing. What a policy means is lib/domain's business.
 */
import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser'

export type StatementNode = {
  readonly index: number
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny' | null
  /** How many principals it names. */
  readonly principals: number
  /** UTF-16 offsets of the text. */
  readonly from: number
  readonly to: number
  /** From 1. */
  readonly line: number
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

const rootOf = (text: string): Node | undefined => parseTree(text)

const textAt = (node: Node, path: JSONPath): string | null => {
  const value: unknown = findNodeAtLocation(node, path)?.value
  return typeof value === 'string' ? value : null
}

/** The nodes of the statements: of a list, or the one that stands without a list. */
export function nodesOf(text: string): readonly Node[] {
  const root = rootOf(text)
  const node = root && findNodeAtLocation(root, ['Statement'])
  if (node?.type === 'array') return node.children ?? []
  return node?.type === 'object' ? [node] : []
}

/** How many texts stand under a node: a text, a list of them, or an object of such. */
const textsUnder = (node: Node | undefined): number => {
  if (node?.type === 'string') return 1
  return (node?.children ?? []).reduce(
    (sum, child) => sum + textsUnder(child.type === 'property' ? child.children?.[1] : child),
    0,
  )
}

function described(text: string, node: Node, index: number): StatementNode {
  const effect = textAt(node, ['Effect'])
  const principal = findNodeAtLocation(node, ['Principal']) ?? findNodeAtLocation(node, ['NotPrincipal'])
  return {
    index,
    sid: textAt(node, ['Sid']),
    effect: effect === 'Allow' || effect === 'Deny' ? effect : null,
    principals: textsUnder(principal),
    from: node.offset,
    to: node.offset + node.length,
    line: lineAt(text, node.offset),
  }
}

/** The outline of a policy. */
export const statementsOf = (text: string): readonly StatementNode[] =>
  nodesOf(text).map((node, index) => described(text, node, index))

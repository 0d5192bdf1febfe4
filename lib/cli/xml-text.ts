/**
 * The XML of query-protocol answers, read back into values. Only what lib/aws/xml.ts writes: elements, text and
 * entities; attributes are skipped. Not for XML from anywhere else.
 */
const TOKEN = /<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9A-Fa-f]{1,6})|(\w+));/g, (whole, hex?: string, name?: string) =>
    hex === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number.parseInt(hex, 16)),
  )
}

type Element = { readonly name: string; readonly children: [string, unknown][]; text: string }

/** What an `entry` of a map holds. */
function pairOf(entry: unknown): readonly [string, unknown] {
  const member = (name: string): unknown =>
    typeof entry === 'object' && entry !== null ? Reflect.get(entry, name) : undefined
  return [String(member('key')), member('value')]
}

/** An element with children is an object, of `member` children a list, of `entry` children a map; else its text. */
function elementValue({ children, text }: Element): unknown {
  if (children.length === 0) return text
  if (children.every(([name]) => name === 'member')) return children.map(([, value]) => value)
  if (children.every(([name]) => name === 'entry'))
    return Object.fromEntries(children.map(([, value]) => pairOf(value)))
  return Object.fromEntries(children)
}

/** { Root: … } of a document. */
export function readXml(document: string): unknown {
  const root: Element = { name: '', children: [], text: '' }
  const open: Element[] = [root]
  for (const [, closing, name, empty, text] of document.replace(/^<\?.*?\?>/, '').matchAll(TOKEN)) {
    const current = open.at(-1) ?? root
    if (text !== undefined) current.text += unescapeXml(text)
    else if (closing && open.length > 1) {
      open.pop()
      open.at(-1)?.children.push([current.name, elementValue(current)])
    } else if (name !== undefined && empty) current.children.push([name, ''])
    else if (name !== undefined) open.push({ name, children: [], text: '' })
  }
  return elementValue(root)
}

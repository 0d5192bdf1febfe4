'use client'

import { CodeBlock } from './ui/code-block.tsx'

type KeyhouseCodeProps = { operation: string; input: object }

/** The word in single quotes, as a shell takes it whole. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** "Show as code" of an operation that AWS does not have: the installation's own command line, folded. */
export function KeyhouseCode({ operation, input }: KeyhouseCodeProps) {
  return (
    <details className="border-t border-line pt-2">
      <summary className="min-h-6 w-fit text-table text-ink">Show as code</summary>
      <CodeBlock
        label={`${operation} code`}
        code={`./keyhouse call Keyhouse ${operation} ${quoted(JSON.stringify(input))}`}
        wrap
      />
    </details>
  )
}

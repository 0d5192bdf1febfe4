'use client'

import { useState } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatBytes } from '#lib/console/format.ts'
import { type Encoding, fromWire, printBytes } from './bytes.ts'
import { EncodingChoice } from './encoding-choice.tsx'

/** `of`: whose answer it is, where a page shows several. */
type Props = { label: string; of?: string | undefined; base64: string; encodings: readonly Encoding[] }

/** Bytes of an answer, in any encoding that they have. */
export function BytesView({ label, of, base64, encodings }: Props) {
  const named = of === undefined ? label : `${label} of ${of}`
  const bytes = fromWire(base64)
  const can = (encoding: Encoding) => printBytes(bytes, encoding) !== undefined
  const [chosen, setChosen] = useState<Encoding>()
  const encoding = chosen && can(chosen) ? chosen : (encodings.find(can) ?? 'base64')
  const text = printBytes(bytes, encoding) ?? ''
  return (
    <div>
      <div className="mb-1 flex flex-wrap items-baseline gap-x-2">
        <h3 className="text-table font-medium">{label}</h3>
        <span className="text-label text-text2">{formatBytes(bytes.length)}</span>
      </div>
      <CodeBlock code={text} label={named} copy={false} wrap className="max-h-64 overflow-y-auto" />
      <div className="mt-1.5 flex flex-wrap items-center justify-between gap-2">
        <EncodingChoice
          label={`Encoding of the ${named.toLowerCase()}`}
          encodings={encodings}
          value={encoding}
          onChange={setChosen}
          reason={(one) => (can(one) ? undefined : 'These bytes are not UTF-8 text.')}
        />
        <CopyButton text={text} label="Copy" labelled aria-label={`Copy the ${named.toLowerCase()}`} />
      </div>
    </div>
  )
}

'use client'

import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { formatNumber } from '#lib/console/format.ts'
import { type Encoding, readBytes } from './bytes.ts'
import { EncodingChoice } from './encoding-choice.tsx'

export type Data = { readonly text: string; readonly encoding: Encoding }

type Props = {
  label: string
  help?: string
  data: Data
  onChange: (data: Data) => void
  encodings: readonly Encoding[]
  /** Bytes that the operation takes at most, and what to say of more. */
  most: number
  tooMany: (bytes: number) => string
}

/** What is wrong with the data, or its bytes. */
export function readData({ text, encoding }: Data, { most, tooMany }: Pick<Props, 'most' | 'tooMany'>) {
  const read = readBytes(text, encoding)
  if (read.bytes && read.bytes.length > most)
    return { fault: tooMany(read.bytes.length), size: read.bytes.length }
  return { ...read, size: read.bytes?.length }
}

/** Data in one of its encodings, with its size against the limit. The browser is told to remember nothing of it. */
export function DataField({ label, help, data, onChange, encodings, most, tooMany }: Props) {
  const { fault, size } = readData(data, { most, tooMany })
  return (
    <div>
      <Field label={label} help={help} error={fault}>
        {(control) => (
          <Textarea
            {...control}
            mono={data.encoding !== 'text'}
            rows={5}
            autoComplete="off"
            autoCorrect="off"
            autoCapitalize="off"
            spellCheck={false}
            data-1p-ignore
            data-lpignore="true"
            className="max-h-64 break-all"
            value={data.text}
            onChange={(event) => onChange({ ...data, text: event.target.value })}
          />
        )}
      </Field>
      <div className="mt-1.5 flex max-w-form flex-wrap items-center justify-between gap-2">
        <EncodingChoice
          label={`Encoding of ${label.toLowerCase()}`}
          encodings={encodings}
          value={data.encoding}
          onChange={(encoding) => onChange({ ...data, encoding })}
        />
        <p className="text-label text-text2">
          {size === undefined ? '–' : formatNumber(size)} of {formatNumber(most)} bytes
        </p>
      </div>
    </div>
  )
}

'use client'

import type { ReactNode } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { formatNumber } from '#lib/console/format.ts'
import { type Data, type DataEncoding, type Limits, readData } from './data.ts'
import { EncodingChoice } from './encoding-choice.tsx'
import { FileInput } from './file-input.tsx'

type Props = Limits & {
  label: string
  help?: string
  data: Data
  onChange: (data: Data) => void
  encodings: readonly DataEncoding[]
  /** What to do about too much of it. */
  whenOver?: ReactNode
  rows?: number
}

/** Data in one of its encodings, with its size against the limit. The browser is told to remember nothing of it. */
export function DataField({ label, help, data, onChange, encodings, whenOver, rows = 5, ...limits }: Props) {
  const { fault, size, over } = readData(data, limits)
  return (
    <div>
      <Field label={label} help={help} error={fault}>
        {(control) =>
          data.encoding === 'file' ? (
            <FileInput
              control={control}
              file={data.file?.source}
              most={limits.most}
              onChange={(file) => onChange({ ...data, ...(file && { file }) })}
            />
          ) : (
            <Textarea
              {...control}
              mono={data.encoding !== 'text'}
              rows={rows}
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
          )
        }
      </Field>
      <div className="mt-1.5 flex max-w-form flex-wrap items-center justify-between gap-2">
        <EncodingChoice
          label={`Encoding of ${label.toLowerCase()}`}
          encodings={encodings}
          value={data.encoding}
          onChange={(encoding) => onChange({ ...data, encoding })}
        />
        <p className="text-label text-text2">
          {size === undefined ? '–' : formatNumber(size)} of {formatNumber(limits.most)} bytes
        </p>
      </div>
      {over && whenOver && <div className="mt-1.5">{whenOver}</div>}
    </div>
  )
}

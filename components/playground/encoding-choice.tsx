import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { ENCODING_NAMES } from './bytes.ts'
import type { DataEncoding } from './data.ts'

type Props<E extends DataEncoding> = {
  label: string
  encodings: readonly E[]
  value: DataEncoding
  onChange: (encoding: E) => void
  /** Why an encoding cannot show these bytes. */
  reason?: (encoding: E) => string | undefined
}

const NAMES: Readonly<Record<DataEncoding, string>> = { ...ENCODING_NAMES, file: 'File' }

/** Text, base64, hex or a file: what the data is read or shown as. */
export function EncodingChoice<E extends DataEncoding>({
  label,
  encodings,
  value,
  onChange,
  reason,
}: Props<E>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons in a form whose fields have sets of their own
    <div role="group" aria-label={label} className="flex gap-1">
      {encodings.map((encoding) => (
        <Button
          key={encoding}
          aria-pressed={encoding === value}
          reason={reason?.(encoding)}
          className={cn(encoding === value && 'border-ink bg-ink-soft')}
          onClick={() => onChange(encoding)}
        >
          {NAMES[encoding]}
        </Button>
      ))}
    </div>
  )
}

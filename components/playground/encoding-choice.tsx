import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { ENCODING_NAMES, type Encoding } from './bytes.ts'

type Props = {
  label: string
  encodings: readonly Encoding[]
  value: Encoding
  onChange: (encoding: Encoding) => void
  /** Why an encoding cannot show these bytes. */
  reason?: (encoding: Encoding) => string | undefined
}

/** Text, base64 or hex: what the data is read or shown as. */
export function EncodingChoice({ label, encodings, value, onChange, reason }: Props) {
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
          {ENCODING_NAMES[encoding]}
        </Button>
      ))}
    </div>
  )
}

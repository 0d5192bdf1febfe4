import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

type Props = {
  label: string
  help?: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

/** A whole number, as it was typed. */
export function NumberField({ label, help, value, onChange, error }: Props) {
  return (
    <Field label={label} help={help} error={error} className="max-w-48">
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** The number that was typed, when it is whole and from 1 to 1,024: what data keys and random bytes have. */
export function byteCount(typed: string): { readonly value: number; readonly fault: string | undefined } {
  const value = /^\d+$/.test(typed.trim()) ? Number(typed) : 0
  return { value, fault: value >= 1 && value <= 1024 ? undefined : 'Give a whole number from 1 to 1,024.' }
}

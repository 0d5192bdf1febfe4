import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from './class-names.ts'

/** The browser's check box in our ink. A label that names it is required by type, seen or not. */
type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & { help?: ReactNode } & (
    | { label: ReactNode; 'aria-label'?: never }
    | { label?: never; 'aria-label': string }
  )

export function Checkbox({ label, help, className, ...rest }: CheckboxProps) {
  const id = useId()
  const box = (
    <input
      {...rest}
      type="checkbox"
      aria-describedby={help ? id : rest['aria-describedby']}
      className={cn('size-4 shrink-0 accent-ink', className)}
    />
  )
  if (!label) return <span className="inline-grid size-6 place-items-center max-md:size-11">{box}</span>
  return (
    <span className="block">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box is inside */}
      <label className="inline-flex min-h-6 items-start gap-2 text-table max-md:min-h-11 max-md:items-center">
        <span className="grid h-[18px] place-items-center">{box}</span>
        <span>{label}</span>
      </label>
      {help && (
        <span id={id} className="block max-w-prose ps-6 text-table text-text2">
          {help}
        </span>
      )}
    </span>
  )
}

/** On or off at once, without saving: appearance, live. Forms use a check box. */
export function Switch({
  label,
  checked,
  onChange,
}: {
  label: string
  checked: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      onClick={() => onChange(!checked)}
      className="inline-flex min-h-7 items-center gap-2 text-table"
    >
      <span
        className={cn(
          'relative h-4 w-7 rounded-full border',
          checked ? 'border-ink bg-ink' : 'border-line-strong bg-surface',
        )}
      >
        <span
          className={cn(
            'absolute top-[2px] size-2.5 rounded-full transition-[inset-inline-start] duration-state',
            checked ? 'start-3.5 bg-on-ink' : 'start-0.5 bg-line-strong',
          )}
        />
      </span>
      {label}
    </button>
  )
}

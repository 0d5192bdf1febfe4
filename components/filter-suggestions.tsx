import type { FilterFields } from '#lib/domain/filter.ts'
import { cn } from './ui/class-names.ts'
import { overlayStyle } from './ui/popover.tsx'

export type Suggestion = { readonly text: string; readonly label: string; readonly complete: boolean }

/** Fields for what is typed so far, then the values of a field that has a closed list. */
export function suggest(draft: string, fields: FilterFields): Suggestion[] {
  const [, before = '', sign = '', word = ''] = /^(.*?)(-?)([^\s]*)$/.exec(draft) ?? []
  const [field = '', typed] = word.split(':')
  if (typed === undefined) {
    return Object.keys(fields)
      .filter((name) => name.startsWith(field.toLowerCase()))
      .map((name) => ({ text: `${before}${sign}${name}:`, label: `${name}:`, complete: false }))
  }
  const earlier = typed.split(',').slice(0, -1)
  const last = typed.split(',').at(-1) ?? ''
  return (fields[field] ?? [])
    .filter((value) => value.toLowerCase().startsWith(last.toLowerCase()) && !earlier.includes(value))
    .map((value) => ({
      text: `${before}${sign}${field}:${[...earlier, value].join(',')}`,
      label: value,
      complete: true,
    }))
}

type SuggestionsProps = {
  id: string
  options: readonly Suggestion[]
  active: number
  onChoose: (index: number) => void
}

/** The list under a filter bar. Focus stays in the input; the active option is told by aria-activedescendant. */
export function Suggestions({ id, options, active, onChoose }: SuggestionsProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className={cn(
        overlayStyle,
        'absolute start-0 top-full mt-1 max-h-72 min-w-56 overflow-y-auto py-1',
        options.length === 0 && 'hidden',
      )}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles keys
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox
        <div
          key={option.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={cn(
            'min-h-7 cursor-default px-3 py-1 font-mono text-mono hover:bg-hover',
            index === active && 'bg-selected',
          )}
          // Before the input loses focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(index)}
        >
          {option.label}
        </div>
      ))}
    </div>
  )
}

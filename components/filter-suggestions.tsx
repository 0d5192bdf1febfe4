import { formatNumber } from '#lib/console/format.ts'
import type { FilterFields } from '#lib/domain/filter.ts'
import { cn } from './ui/class-names.ts'
import { overlayStyle } from './ui/popover.tsx'

export type Suggestion = {
  readonly text: string
  readonly label: string
  readonly complete: boolean
  /** How often the value is there. */
  readonly count?: number
}

/** What a page knows beyond its fields: names after a dot (`ctx.tenant`), and values with how often they are there. */
export type Completion = {
  readonly names: readonly string[]
  readonly valuesOf: (
    field: string,
  ) => readonly { readonly value: string; readonly label: string; readonly count: number }[]
}

export const NO_COMPLETION: Completion = { names: [], valuesOf: () => [] }

const BARE = /^[^\s,"*()]+$/
const typedValue = (value: string) => (BARE.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`)

/** What is being typed: what stands before it, the field, and what follows its colon. */
export function typing(draft: string): { before: string; field: string; typed: string | undefined } {
  const [, before = '', word = ''] = /^(.*?[\s(]?)([^\s(]*)$/s.exec(draft) ?? []
  const start = before + (word.startsWith('-') ? '-' : '')
  const rest = word.replace(/^-/, '')
  const colon = rest.indexOf(':')
  if (colon === -1) return { before: start, field: rest, typed: undefined }
  return { before: start, field: rest.slice(0, colon), typed: rest.slice(colon + 1) }
}

/** Fields for what is typed so far, then values of the field: those of its list, or those that are there. */
export function suggest(draft: string, fields: FilterFields, completion = NO_COMPLETION): Suggestion[] {
  const { before, field, typed } = typing(draft)
  if (typed === undefined) {
    const names = [...Object.keys(fields).filter((name) => !name.endsWith('*')), ...completion.names]
    return names
      .filter((name) => name.toLowerCase().startsWith(field.toLowerCase()))
      .map((name) => ({ text: `${before}${name}:`, label: `${name}:`, complete: false }))
  }
  const listed = fields[field]
  const values = Array.isArray(listed)
    ? listed.map((value: string) => ({ value, label: value, count: undefined }))
    : completion.valuesOf(field)
  const earlier = typed.split(',').slice(0, -1)
  const last = (typed.split(',').at(-1) ?? '').toLowerCase()
  return values
    .filter(
      ({ value, label }) =>
        !earlier.includes(value) &&
        (Array.isArray(listed)
          ? value.toLowerCase().startsWith(last)
          : [value, label].some((words) => words.toLowerCase().includes(last))),
    )
    .map(({ value, label, count }) => ({
      text: `${before}${field}:${[...earlier, typedValue(value)].join(',')}`,
      label,
      complete: true,
      ...(count !== undefined && { count }),
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
        'absolute start-0 top-full mt-1 max-h-72 min-w-56 max-w-full overflow-y-auto py-1',
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
            'flex min-h-7 cursor-default items-center justify-between gap-6 px-3 py-1 font-mono text-mono hover:bg-hover',
            index === active && 'bg-selected',
          )}
          // Before the input loses focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(index)}
        >
          <span className="min-w-0 truncate">{option.label}</span>
          {option.count !== undefined && (
            <span className="shrink-0 font-sans text-text2">{formatNumber(option.count)}</span>
          )}
        </div>
      ))}
    </div>
  )
}

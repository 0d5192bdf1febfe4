'use client'

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { type Filter, type FilterFields, parseFilter, printFilter, printTerm } from '#lib/domain/filter.ts'
import { FilterHelp } from './filter-help.tsx'
import { type Completion, NO_COMPLETION, Suggestions, suggest } from './filter-suggestions.tsx'
import { useShortcuts } from './shortcuts/shortcuts.tsx'
import { cn } from './ui/class-names.ts'
import { CloseIcon } from './ui/close-icon.tsx'
import { FieldError } from './ui/field.tsx'

type FilterBarProps = {
  /** "Filter keys". */
  label: string
  fields: FilterFields
  /** The filter in force, as text: the page keeps it in its address. */
  value: string
  onChange: (filter: string) => void
  /** Examples, read as help: "state:Disabled tag:team used:>30d". */
  examples: string
  /** "2,318 events", at the end of the bar. */
  count?: ReactNode
  /** Names and values that are there; told what is being typed, so that it can look for them. */
  completion?: Completion & { readonly onDraft?: (draft: string) => void }
  /** Whole filters, each with what it finds, in the help of the bar. */
  help?: readonly { readonly filter: string; readonly finds: string }[]
  className?: string
}

const FIELD_AT_END = /(?:^|\s)-?[A-Za-z][\w.-]*:\S+$/

/** One grammar everywhere. A complete term becomes a chip; what cannot be read stays typed and the results stay on screen. */
export function FilterBar(props: FilterBarProps) {
  const {
    label,
    fields,
    value,
    onChange,
    examples,
    count,
    completion = NO_COMPLETION,
    help,
    className,
  } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const chips = useRef<HTMLUListElement>(null)
  const [draft, setDraft] = useState('')
  const [faults, setFaults] = useState<Filter['faults']>([])
  const [active, setActive] = useState(-1)
  const [open, setOpen] = useState(false)
  const { terms } = parseFilter(value, fields)
  const options = open ? suggest(draft, fields, completion) : []

  function type(text: string) {
    setDraft(text)
    props.completion?.onDraft?.(text)
  }
  const without = (index: number) => terms.filter((_, at) => at !== index)
  const focusInput = () => input.current?.focus()
  useShortcuts([{ keys: ['/'], label, group: 'This page', run: focusInput }])

  function commit(text: string) {
    const parsed = parseFilter(text, fields)
    setFaults(parsed.faults)
    if (parsed.faults.length > 0) return
    type('')
    setActive(-1)
    // What was asked for is to be seen.
    setOpen(false)
    if (parsed.terms.length > 0) onChange(printFilter([...terms, ...parsed.terms]))
  }

  function choose(index: number) {
    const option = options[index]
    if (!option) return
    setActive(-1)
    if (option.complete) commit(option.text)
    else type(option.text)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((at) => (options.length === 0 ? -1 : (at + step + options.length) % options.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (active >= 0) choose(active)
      else commit(draft)
    } else if (
      event.key === ' ' &&
      FIELD_AT_END.test(draft) &&
      parseFilter(draft, fields).faults.length === 0
    ) {
      event.preventDefault()
      commit(draft)
    } else if (event.key === 'Escape' && open && options.length > 0) {
      // Only the list closes: filters stay.
      event.stopPropagation()
      setOpen(false)
      setActive(-1)
    } else if (event.key === 'Backspace' && draft === '' && terms.length > 0) {
      event.preventDefault()
      chips.current?.querySelector<HTMLButtonElement>('li:last-of-type button')?.focus()
    }
  }

  function edit(index: number) {
    const term = terms[index]
    if (!term) return
    type(printTerm(term))
    onChange(printFilter(without(index)))
    focusInput()
  }

  function remove(index: number) {
    onChange(printFilter(without(index)))
    focusInput()
  }

  return (
    <search className={cn('mb-2 block', className)}>
      <div className="relative flex min-h-[34px] flex-wrap items-center gap-x-1.5 gap-y-1 rounded-control border border-line-strong bg-surface py-1 ps-2 pe-2 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ink">
        {terms.length > 0 && (
          <ul ref={chips} aria-label="Filters in force" className="contents">
            {terms.map((term, index) => (
              <TermChip
                // biome-ignore lint/suspicious/noArrayIndexKey: the same term may stand twice
                key={index}
                text={printTerm(term)}
                onEdit={() => edit(index)}
                onRemove={() => remove(index)}
              />
            ))}
          </ul>
        )}
        <input
          ref={input}
          id={`${id}-input`}
          role="combobox"
          aria-label={label}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={active >= 0 ? `${id}-list-${active}` : undefined}
          aria-describedby={faults.length > 0 ? `${id}-fault` : `${id}-help`}
          aria-invalid={faults.length > 0 || undefined}
          autoComplete="off"
          spellCheck={false}
          value={draft}
          placeholder={terms.length === 0 ? `Filter: ${examples}` : ''}
          className="h-6 min-w-24 grow bg-transparent text-table outline-none max-md:h-9"
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            type(event.target.value)
            setFaults([])
            setActive(-1)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
        />
        <span className="ms-auto flex shrink-0 items-center gap-x-1.5 text-table">
          {count !== undefined && <span className="text-text2">{count}</span>}
          {terms.length > 0 && (
            <button
              type="button"
              className="link min-h-6"
              onClick={() => {
                onChange('')
                focusInput()
              }}
            >
              Clear filters
            </button>
          )}
          {help && <FilterHelp examples={help} onTry={commit} />}
        </span>
        <Suggestions id={`${id}-list`} options={options} active={active} onChoose={choose} />
      </div>
      <p id={`${id}-help`} className="sr-only">
        Terms such as {examples}. A minus before a term means not, a comma means or. Enter adds the term.
      </p>
      {faults.map((fault) => (
        <FieldError key={fault.start} id={`${id}-fault`}>
          {fault.message} (at character {fault.start + 1}). The results are still those of the filter in
          force.
        </FieldError>
      ))}
    </search>
  )
}

function TermChip({ text, onEdit, onRemove }: { text: string; onEdit: () => void; onRemove: () => void }) {
  return (
    <li className="inline-flex min-h-6 max-w-full items-center rounded-chip bg-sunken">
      <button
        type="button"
        aria-label={`Edit ${text}`}
        className={cn('min-h-6 min-w-0 truncate rounded-chip px-1.5 text-start font-mono text-mono')}
        onClick={onEdit}
        onKeyDown={(event) => {
          if (event.key !== 'Backspace' && event.key !== 'Delete') return
          event.preventDefault()
          onRemove()
        }}
      >
        {text}
      </button>
      <button
        type="button"
        aria-label={`Remove ${text}`}
        className="grid size-6 shrink-0 place-items-center rounded-chip text-text3 hover:text-text"
        onClick={onRemove}
      >
        <CloseIcon />
      </button>
    </li>
  )
}

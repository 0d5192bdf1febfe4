'use client'

import { type ReactNode, useState } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Input, Select } from '#components/ui/input.tsx'

const OTHER = '\u0000other'

export type Choice = { readonly value: string; readonly label: string }

type ChoiceFieldProps = {
  label: string
  /** What no choice means: "Any key". */
  none: string
  choices: readonly Choice[]
  /** What else may be typed: "Another key, by ID, ARN or alias…", and the name of the input. */
  other?: { readonly option: string; readonly label: string }
  value: string
  onChange: (value: string) => void
  note?: ReactNode
}

/** One of a list, or something typed that the list has not. What is typed counts once it is finished. */
export function ChoiceField({ label, none, choices, other, value, onChange, note }: ChoiceFieldProps) {
  const listed = choices.some((choice) => choice.value === value)
  const [typing, setTyping] = useState(false)
  const open = other !== undefined && (typing || (value !== '' && !listed))
  function choose(option: string) {
    setTyping(option === OTHER)
    onChange(option === OTHER ? '' : option)
  }
  return (
    <div className="min-w-0">
      <Field label={label}>
        {({ required: _, ...control }) => (
          <Select {...control} value={open ? OTHER : value} onChange={(event) => choose(event.target.value)}>
            <option value="">{none}</option>
            {!other && value !== '' && !listed && <option value={value}>{value}</option>}
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
            {other && <option value={OTHER}>{other.option}</option>}
          </Select>
        )}
      </Field>
      {open && <Typed key={value} label={other.label} value={value} onDone={onChange} />}
      {note && <p className="mt-1 text-label text-text2">{note}</p>}
    </div>
  )
}

function Typed({ label, value, onDone }: { label: string; value: string; onDone: (value: string) => void }) {
  const [text, setText] = useState(value)
  const done = () => text.trim() !== value && onDone(text.trim())
  return (
    <Input
      mono
      className="mt-1.5"
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        done()
      }}
    />
  )
}

'use client'

import { ChevronDown } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { Field, FieldError } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { Zone } from '#lib/console/format.ts'
import {
  DEFAULT_PRESET,
  PRESET_NAMES,
  PRESETS,
  parseMoment,
  printMoment,
  type RangeQuery,
  rangeFault,
  rangeLabel,
} from './range.ts'

type Props = {
  range: RangeQuery
  onChange: (range: RangeQuery) => void
  zone: Zone
  onZone: (zone: Zone) => void
}

/** The range of the log: a preset or two moments, and the zone that times are told in. */
export function TimeRange({ range, onChange, zone, onZone }: Props) {
  const [open, setOpen] = useState(false)
  function choose(chosen: RangeQuery) {
    onChange(chosen)
    setOpen(false)
  }
  const preset = range.last ?? (range.from || range.to ? null : DEFAULT_PRESET)
  return (
    <Popover
      label="Time range"
      open={open}
      onOpenChange={setOpen}
      className="w-[340px]"
      trigger={
        <Button aria-label={`Time range: ${rangeLabel(range, zone)}`} suppressHydrationWarning>
          {rangeLabel(range, zone)}
          <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      <ul aria-label="Presets" className="grid grid-cols-4 gap-1">
        {PRESET_NAMES.map((name) => (
          <li key={name}>
            <Button
              aria-label={PRESETS[name].label}
              aria-pressed={name === preset}
              className={cn('w-full', name === preset && 'border-ink bg-ink-soft')}
              onClick={() => choose({ last: name === DEFAULT_PRESET ? null : name, from: null, to: null })}
            >
              {PRESETS[name].short}
            </Button>
          </li>
        ))}
      </ul>
      <CustomRange key={zone} range={range} zone={zone} onChoose={choose} />
      <div className="mt-3 flex items-center gap-2 border-t border-line pt-3">
        <span id="audit-zone" className="text-text2">
          Show times in
        </span>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons of one choice, inside a popover that has a form already */}
        <div role="group" aria-labelledby="audit-zone" className="flex gap-1">
          {(['UTC', 'local'] as const).map((name) => (
            <Button
              key={name}
              aria-pressed={zone === name}
              className={cn(zone === name && 'border-ink bg-ink-soft')}
              onClick={() => onZone(name)}
            >
              {name === 'UTC' ? 'UTC' : 'Local time'}
            </Button>
          ))}
        </div>
      </div>
    </Popover>
  )
}

type CustomRangeProps = { range: RangeQuery; zone: Zone; onChoose: (range: RangeQuery) => void }

function CustomRange({ range, zone, onChoose }: CustomRangeProps) {
  const [from, setFrom] = useState(printMoment(range.from, zone))
  const [to, setTo] = useState(printMoment(range.to, zone))
  const [fault, setFault] = useState<string>()
  function apply(event: FormEvent) {
    event.preventDefault()
    const now = new Date()
    const start = from.trim() === '' ? null : parseMoment(from, now, zone)
    const end = to.trim() === '' ? null : parseMoment(to, now, zone)
    if (start === undefined || end === undefined)
      return setFault('Write a moment as 2026-12-22 14:05:30, 14:05 or now-3h.')
    if (!start && !end) return setFault('Give at least one moment.')
    const impossible = rangeFault({ from: start, to: end }, now)
    setFault(impossible)
    if (impossible) return
    onChoose({ last: null, from: start, to: end })
  }
  return (
    <form method="post" noValidate onSubmit={apply} className="mt-3 border-t border-line pt-3">
      <div className="grid grid-cols-2 gap-2">
        <Field label={`From (${zone})`} className="max-w-none">
          {(control) => (
            <Input
              {...control}
              required={false}
              mono
              autoComplete="off"
              spellCheck={false}
              placeholder="now-3h"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label={`To (${zone})`} className="max-w-none">
          {(control) => (
            <Input
              {...control}
              required={false}
              mono
              autoComplete="off"
              spellCheck={false}
              placeholder="now"
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      {fault && <FieldError>{fault}</FieldError>}
      <p className="mt-1 text-label text-text2">From is included, To is not. Seconds are allowed.</p>
      <Button type="submit" className="mt-2">
        Apply
      </Button>
    </form>
  )
}

'use client'

import { useId } from 'react'
import type { Zone } from '#lib/console/format.ts'
import type { Selection } from './histogram-bars.tsx'
import { countWords, edgeOf, type Histogram, momentWords, sumOf } from './histogram-shape.ts'

type Props = {
  histogram: Histogram
  zone: Zone
  selection: Selection
  onSelect: (selection: Selection) => void
  onZoom: (selection: Selection) => void
}

/** Where the range begins and ends, by keyboard and by touch: what they take in is marked, and Enter goes into it. */
export function HistogramSliders({ histogram, zone, selection, onSelect, onZoom }: Props) {
  const { first, last } = selection
  const end = histogram.Buckets.length
  const words = (index: number) => momentWords(edgeOf(histogram, index), histogram, zone)
  const counted = countWords(sumOf(histogram.Buckets, first, last))
  const common = {
    onEnter: () => onZoom(selection),
    counted,
  }
  return (
    <>
      <Slider
        {...common}
        label="From"
        words={words(first)}
        min={0}
        max={end - 1}
        value={first}
        onChange={(value) => onSelect({ first: value, last: Math.max(value, last) })}
      />
      <Slider
        {...common}
        label="To"
        words={words(last + 1)}
        min={1}
        max={end}
        value={last + 1}
        onChange={(value) => onSelect({ first: Math.min(first, value - 1), last: value - 1 })}
      />
    </>
  )
}

type SliderProps = {
  label: string
  words: string
  counted: string
  min: number
  max: number
  value: number
  onChange: (value: number) => void
  onEnter: () => void
}

function Slider({ label, words, counted, min, max, value, onChange, onEnter }: SliderProps) {
  const id = useId()
  return (
    <span className="inline-flex min-h-6 items-center gap-1.5">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        value={value}
        aria-valuetext={`${words}; ${counted} between`}
        className="h-6 w-24 rounded-control accent-ink outline-offset-0 max-md:h-11"
        onChange={(event) => onChange(Number(event.target.value))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onEnter()
        }}
      />
      <span className="whitespace-nowrap text-text" suppressHydrationWarning>
        {words}
      </span>
    </span>
  )
}

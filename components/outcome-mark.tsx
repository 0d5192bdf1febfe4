import type { ReactNode } from 'react'
import { cn } from './ui/class-names.ts'

export type Outcome = 'ok' | 'denied' | 'error'

const SHAPES: Record<Outcome, ReactNode> = {
  ok: null,
  // An octagon with a bar.
  denied: (
    <g fill="none" stroke="currentColor" strokeWidth="1.400">
      <path d="M4 .9h4L11.100 4v4L8 11.100H4L.9 8V4Z" />
      <path d="M3.500 6h5" />
    </g>
  ),
  error: (
    <g fill="none" stroke="currentColor" strokeWidth="1.400">
      <path d="M6 1.200 11.300 10.800H.7Z" strokeLinejoin="round" />
      <path d="M6 4.600v3M6 8.400v1.200" />
    </g>
  ),
}

const COLOUR: Record<Outcome, string> = { ok: 'text-text2', denied: 'text-vermilion', error: 'text-brass' }
const WORDS: Record<Outcome, string> = { ok: 'OK', denied: 'Denied', error: 'Error' }

export const isOutcome = (text: string): text is Outcome => Object.hasOwn(WORDS, text)

/** How a call ended: shape and word; OK is plain. */
export function OutcomeMark({ outcome, className }: { outcome: Outcome; className?: string }) {
  const shape = SHAPES[outcome]
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', COLOUR[outcome], className)}>
      {shape && (
        <svg aria-hidden="true" viewBox="0 0 12 12" className="mark size-3 shrink-0">
          {shape}
        </svg>
      )}
      {WORDS[outcome]}
    </span>
  )
}

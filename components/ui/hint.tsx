import type { ComponentProps, CSSProperties, ReactNode } from 'react'
import { cn } from './class-names.ts'

export type NoteTone = 'ink' | 'verdigris' | 'brass' | 'vermilion'

const MARKS: Record<NoteTone, CSSProperties & Record<'--note-mark' | '--note-soft', string>> = {
  ink: { '--note-mark': 'var(--ink)', '--note-soft': 'var(--ink-soft)' },
  verdigris: { '--note-mark': 'var(--verdigris)', '--note-soft': 'var(--verdigris-soft)' },
  brass: { '--note-mark': 'var(--brass-mark)', '--note-soft': 'var(--brass-soft)' },
  vermilion: { '--note-mark': 'var(--vermilion)', '--note-soft': 'var(--vermilion-soft)' },
}

/** A message that needs reading: soft fill, 3 px bar. Brass waits, vermilion is refused or destroys. */
export function Note({
  tone = 'ink',
  className,
  style,
  ...rest
}: ComponentProps<'div'> & { tone?: NoteTone }) {
  return <div {...rest} style={{ ...MARKS[tone], ...style }} className={cn('note text-table', className)} />
}

/** A quiet line of advice. No box. */
export const Hint = ({ children, className }: { children: ReactNode; className?: string }) => (
  <p className={cn('max-w-prose text-table text-text2', className)}>{children}</p>
)

import type { ReactNode } from 'react'
import { cn } from './class-names.ts'
import { CloseIcon } from './close-icon.tsx'

/** A term or a tag in a sunken box. `onRemove` adds a button that names what it removes. */
export function Chip({
  children,
  mono = true,
  invalid,
  onEdit,
  onRemove,
  removeLabel,
}: {
  children: ReactNode
  mono?: boolean
  invalid?: boolean
  onEdit?: () => void
  onRemove?: () => void
  removeLabel?: string
}) {
  const words = cn('px-1.5', mono && 'font-mono text-mono')
  return (
    <span
      className={cn(
        'inline-flex min-h-6 max-w-full items-center rounded-chip bg-sunken text-text',
        invalid && 'bg-vermilion-soft text-vermilion',
      )}
    >
      {onEdit ? (
        <button type="button" className={cn(words, 'min-h-6 truncate text-start')} onClick={onEdit}>
          {children}
        </button>
      ) : (
        <span className={cn(words, 'truncate')}>{children}</span>
      )}
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel ?? 'Remove'}
          onClick={onRemove}
          className="grid size-6 shrink-0 place-items-center rounded-chip text-text3 hover:text-text"
        >
          <CloseIcon />
        </button>
      )}
    </span>
  )
}

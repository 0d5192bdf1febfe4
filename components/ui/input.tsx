import type { ComponentProps } from 'react'
import { cn } from './class-names.ts'

export const controlStyle = cn(
  'w-full rounded-control border border-line-strong bg-surface px-2.5 text-body text-text',
  'hover:border-text3 aria-invalid:border-vermilion disabled:bg-sunken disabled:text-text3 [&[readonly]]:bg-sunken',
)

/** `mono` for identifiers and JSON, never for prose. */
type Mono = { mono?: boolean }

const monoStyle = (mono: boolean | undefined) => mono && 'font-mono text-[0.8125rem]'

export function Input({ className, mono, ...rest }: ComponentProps<'input'> & Mono) {
  return <input {...rest} className={cn(controlStyle, 'h-8 max-md:h-11', monoStyle(mono), className)} />
}

export function Textarea({ className, mono, ...rest }: ComponentProps<'textarea'> & Mono) {
  return <textarea {...rest} className={cn(controlStyle, 'min-h-20 py-1.5', monoStyle(mono), className)} />
}

/** The browser's own select: it is the one that phones and screen readers know best. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className="relative block">
      <select {...rest} className={cn(controlStyle, 'h-8 appearance-none pe-8 max-md:h-11', className)}>
        {children}
      </select>
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        className="pointer-events-none absolute end-2.5 top-1/2 size-4 -translate-y-1/2 text-text3"
      >
        <path d="m4.500 6.500 3.500 3.500 3.500-3.500" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
    </span>
  )
}

'use client'

import { cn } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'

type CodeBlockProps = { code: string; label: string; copy?: boolean; wrap?: boolean; className?: string }

/** Code as text, in its own scroll region that the keyboard reaches. */
export function CodeBlock({ code, label, copy = true, wrap, className }: CodeBlockProps) {
  return (
    <div className={cn('relative bg-sunken', className)}>
      {copy && (
        <div className="absolute end-1 top-1 bg-sunken">
          <CopyButton text={code} label={`Copy ${label}`} />
        </div>
      )}
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className={cn('overflow-x-auto py-2 ps-3', copy ? 'pe-10' : 'pe-3')}
      >
        <pre
          className={cn(
            'w-max min-w-full font-mono text-editor',
            wrap && 'w-auto whitespace-pre-wrap break-all',
          )}
        >
          {code}
        </pre>
      </section>
    </div>
  )
}

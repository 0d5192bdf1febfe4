import { cn } from '../ui/class-names.ts'
import { CopyButton } from '../ui/copy-button.tsx'

/** The id of a line, for links to it. */
export const lineId = (line: number) => `policy-line-${line}`

type PolicyTextProps = { text: string; label: string; className?: string }

/** A policy's exact text, line by line, each with its number and an address on the page. */
export function PolicyText({ text, label, className }: PolicyTextProps) {
  const lines = text.split('\n')
  return (
    <div className={cn('relative border border-line bg-surface', className)}>
      <div className="absolute end-1 top-1 z-10 bg-surface">
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[70vh] overflow-auto py-2"
      >
        <ol className="w-max min-w-full">
          {lines.map((line, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
              id={lineId(index + 1)}
              className="flex scroll-mt-16 pe-10 font-mono text-editor target:bg-selected"
            >
              <span aria-hidden="true" className="w-11 shrink-0 select-none pe-3 text-end text-text3">
                {index + 1}
              </span>
              <span className="whitespace-pre">{line === '' ? ' ' : line}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
